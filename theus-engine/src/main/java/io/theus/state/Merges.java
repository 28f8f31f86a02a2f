package io.theus.state;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;

import org.jspecify.annotations.Nullable;

import io.theus.Merging;
import io.theus.internal.collection.PersistentList;
import io.theus.internal.collection.PersistentSet;
import io.theus.path.Path;

/**
 * The built-in ways of merging. Nothing stored and a stored null count as nothing; what
 * is stored keeps its type.
 *
 * @since 0.1.0
 */
public final class Merges {

	private Merges() {
	}

	/**
	 * Return a built-in way of merging at a path. The operand is an element for
	 * {@link Merging#APPEND}, a set for {@link Merging#UNION}, else a value.
	 * @param merging the way
	 * @param path the path, for errors
	 * @return the rule, which throws {@link InvalidWriteException} for values that cannot
	 * be merged
	 */
	public static BinaryOperator<@Nullable Object> at(Merging merging, Path path) {
		return switch (merging) {
			case SUM -> (stored, operand) -> sum(path, stored, operand);
			case MAX -> (stored, operand) -> greater(path, "max", stored, operand, 1);
			case MIN -> (stored, operand) -> greater(path, "min", stored, operand, -1);
			case APPEND -> (stored, operand) -> append(path, stored, operand);
			case UNION -> (stored, operand) -> union(path, stored, operand);
		};
	}

	private static Object sum(Path path, @Nullable Object stored, @Nullable Object operand) {
		Number added = number(path, operand);
		if (stored == null) {
			return added;
		}
		try {
			return sum(number(path, stored), alike(path, stored, added));
		}
		catch (ArithmeticException ex) {
			throw new InvalidWriteException(path,
					"the sum is out of range: type=%s stored=%s added=%s, store a type with a greater range"
						.formatted(stored.getClass().getSimpleName(), stored, operand));
		}
	}

	private static Number number(Path path, @Nullable Object value) {
		if (value instanceof Number number) {
			return number;
		}
		throw unsuitable(path, "add", "a number", value);
	}

	private static Object sum(Object stored, Object operand) {
		if (stored instanceof Long first) {
			return Math.addExact(first, (Long) operand);
		}
		if (stored instanceof Integer first) {
			return Math.addExact(first, (Integer) operand);
		}
		if (stored instanceof Double first) {
			return first + (Double) operand;
		}
		if (stored instanceof Float first) {
			return first + (Float) operand;
		}
		if (stored instanceof BigDecimal first) {
			return first.add((BigDecimal) operand);
		}
		if (stored instanceof BigInteger first) {
			return first.add((BigInteger) operand);
		}
		BigInteger exact = BigInteger.valueOf(((Number) stored).longValue() + ((Number) operand).longValue());
		return (stored instanceof Short) ? (Object) exact.shortValueExact() : (Object) exact.byteValueExact();
	}

	@SuppressWarnings("unchecked")
	private static Object greater(Path path, String operation, @Nullable Object stored, @Nullable Object operand,
			int sign) {
		if (stored == null) {
			return comparable(path, operation, operand);
		}
		Object like = alike(path, comparable(path, operation, stored), comparable(path, operation, operand));
		return (sign * ((Comparable<Object>) like).compareTo(stored) > 0) ? like : stored;
	}

	private static Object comparable(Path path, String operation, @Nullable Object value) {
		if (value instanceof Comparable<?>) {
			return value;
		}
		throw unsuitable(path, operation, "a value with an order", value);
	}

	// What is brought along becomes what is stored, where that loses nothing
	private static Object alike(Path path, Object stored, Object operand) {
		return Objects.requireNonNull(TypedReads.convert(path, operand, TypedReads.typeOf(stored)));
	}

	private static Object append(Path path, @Nullable Object stored, @Nullable Object element) {
		if (stored == null) {
			return PersistentList.<Object>empty().append(element);
		}
		if (stored instanceof List<?> list) {
			return PersistentList.<Object>copyOf(list).append(element);
		}
		if (stored instanceof Set<?> set) {
			return PersistentSet.<Object>copyOf(set).with(element);
		}
		throw unsuitable(path, "append", "a list or a set", stored);
	}

	private static Object union(Path path, @Nullable Object stored, @Nullable Object elements) {
		PersistentSet<Object> all = set(path, stored);
		for (Object element : set(path, elements)) {
			all = all.with(element);
		}
		return all;
	}

	private static PersistentSet<Object> set(Path path, @Nullable Object value) {
		if (value == null) {
			return PersistentSet.empty();
		}
		if (value instanceof Set<?> set) {
			return PersistentSet.copyOf(set);
		}
		throw unsuitable(path, "union", "a set", value);
	}

	private static InvalidWriteException unsuitable(Path path, String operation, String needed,
			@Nullable Object found) {
		return new InvalidWriteException(path, "%s needs %s, found=%s, use set".formatted(operation, needed,
				(found != null) ? found.getClass().getSimpleName() : "null"));
	}

}
