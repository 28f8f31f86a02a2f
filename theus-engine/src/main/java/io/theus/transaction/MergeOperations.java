package io.theus.transaction;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.function.BinaryOperator;

import org.jspecify.annotations.Nullable;

import io.theus.MergeRule;
import io.theus.Merging;
import io.theus.path.Path;
import io.theus.path.Right;
import io.theus.state.InvalidWriteException;
import io.theus.state.MergeRules;
import io.theus.state.MergeRules.Declared;
import io.theus.state.Merges;
import io.theus.state.Values;

/**
 * What it means to bring something along to a path: the declared rule there, or else the
 * built-in operation.
 */
final class MergeOperations {

	private final MergeRules rules;

	private final Values values;

	MergeOperations(MergeRules rules, Values values) {
		this.rules = rules;
		this.values = values;
	}

	boolean isDeclared(Path path) {
		return this.rules.of(path) != null;
	}

	/**
	 * Return how something is brought along.
	 * @param path the path
	 * @param operation the built-in operation, {@code null} for the application's own
	 * rule
	 * @return gives the value to store for the stored one, {@code null} if there is none,
	 * and the operand
	 * @throws InvalidWriteException if another rule is declared there
	 */
	BinaryOperator<@Nullable Object> at(Path path, @Nullable Merging operation) {
		if (path.length() == 1) {
			throw new InvalidWriteException(path, "it is a layer, %s to a path below it".formatted(nameOf(operation)));
		}
		Declared declared = this.rules.of(path);
		if (declared != null && declared.merging() != operation) {
			throw new InvalidWriteException(path, "it is merged by another operation, found=%s, use %s"
				.formatted(nameOf(operation), nameOf(declared.merging())));
		}
		if (operation != null) {
			return withFirst(path, Merges.at(operation, path));
		}
		MergeRule own = (declared != null) ? declared.own() : null;
		if (own == null) {
			throw new InvalidWriteException(path,
					"no merge rule is declared for it, declare one or use update, found=combine");
		}
		return (stored, operand) -> this.values.accept(path, own.merge(stored, required(path, operand)));
	}

	private static Object required(Path path, @Nullable Object operand) {
		if (operand == null) {
			throw new InvalidWriteException(path, "combine needs a value, found=null, bring something along");
		}
		return operand;
	}

	// What is stored first decides on the type, unless the schema does
	private BinaryOperator<@Nullable Object> withFirst(Path path, BinaryOperator<@Nullable Object> rule) {
		return (stored, operand) -> {
			Object merged = rule.apply(stored, operand);
			return (stored != null) ? merged : this.values.accept(path, merged);
		};
	}

	/**
	 * Accept what is brought along.
	 * @param values which values are accepted
	 * @param path the path
	 * @param operation the built-in operation, {@code null} for the application's own
	 * rule
	 * @param operand an element, elements or a value
	 * @return the same content, immutable at any depth
	 */
	static @Nullable Object operand(Values values, Path path, @Nullable Merging operation, @Nullable Object operand) {
		if (operation == null) {
			return values.acceptAsIs(path, operand);
		}
		return switch (operation) {
			case SUM, MAX, MIN -> values.accept(path, operand);
			case APPEND -> values.acceptElement(path, operand);
			case UNION ->
				values.accept(path, (operand instanceof Collection<?> all) ? new LinkedHashSet<>(all) : operand);
		};
	}

	static Right rightOf(@Nullable Merging operation) {
		boolean grows = operation == Merging.APPEND || operation == Merging.UNION;
		return grows ? Right.APPEND : Right.UPDATE;
	}

	private static String nameOf(@Nullable Merging operation) {
		if (operation == null) {
			return "combine";
		}
		return (operation != Merging.SUM) ? operation.name().toLowerCase(Locale.ROOT) : "add";
	}

}
