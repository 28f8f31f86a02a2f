package io.theus.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Syntax.Kind;
import io.theus.expression.Syntax.Operand;

/**
 * Turns the tree of an expression into closures.
 */
final class Compiler {

	/** Under these names lie the payloads of signals, whose booleans equal texts. */
	private static final Set<String> SIGNAL_ROOTS = Set.of("signal", "cmd", "payload");

	private final Source source;

	Compiler(Source source) {
		this.source = source;
	}

	/**
	 * Compile code that returns a value, not a {@link Navigable}.
	 * @param syntax the tree
	 * @return the code
	 */
	Code value(Syntax syntax) {
		if (syntax instanceof Syntax.Root || syntax instanceof Syntax.Chain) {
			Code code = navigable(syntax);
			return (evaluation) -> Values.unwrapped(code.run(evaluation));
		}
		if (syntax instanceof Syntax.Literal literal) {
			Object value = literal.value();
			return (evaluation) -> value;
		}
		if (syntax instanceof Syntax.Items items) {
			return items(items);
		}
		if (syntax instanceof Syntax.Unary unary) {
			return unary(unary);
		}
		if (syntax instanceof Syntax.Operation operation) {
			return operation(operation);
		}
		if (syntax instanceof Syntax.Conditional conditional) {
			return conditional(conditional);
		}
		return call((Syntax.Call) syntax);
	}

	private Code navigable(Syntax syntax) {
		if (syntax instanceof Syntax.Root root) {
			String name = root.name();
			return (evaluation) -> evaluation.scope().resolve(name);
		}
		if (syntax instanceof Syntax.Chain chain) {
			Code head = navigable(chain.head());
			Entry[] entries = chain.steps().stream().map(this::entry).toArray(Entry[]::new);
			return (evaluation) -> {
				Object value = head.run(evaluation);
				for (Entry entry : entries) {
					value = entry.enter(value, evaluation);
				}
				return value;
			};
		}
		return value(syntax);
	}

	private Entry entry(Syntax.Step step) {
		Site site = new Site(this.source, step.position(), "[]", List.of(step.key()));
		Entry entry = entry(step.key(), site);
		if (step.fallback() == null) {
			return entry;
		}
		Code fallback = value(step.fallback());
		return (target, evaluation) -> {
			Object value = entry.enter(target, evaluation);
			return (value != null) ? value : fallback.run(evaluation);
		};
	}

	private Entry entry(Syntax key, Site site) {
		if (key instanceof Syntax.Literal literal && isKey(literal.value())) {
			Object constant = Values.key(literal.value(), site);
			return (target, evaluation) -> Members.member(target, constant, site);
		}
		Code code = value(key);
		return (target, evaluation) -> Members.member(target, Values.key(code.run(evaluation), site), site);
	}

	private static boolean isKey(@Nullable Object value) {
		return value instanceof String || value instanceof Long;
	}

	private Code items(Syntax.Items items) {
		Code[] codes = values(items.items());
		if (items.items().stream().allMatch(Syntax.Literal.class::isInstance)) {
			List<?> constant = list(codes, new Evaluation((root) -> null, ExpressionLimits.DEFAULT));
			return (evaluation) -> constant;
		}
		return (evaluation) -> list(codes, evaluation);
	}

	private static List<@Nullable Object> list(Code[] codes, Evaluation evaluation) {
		List<@Nullable Object> list = new ArrayList<>(codes.length);
		for (Code code : codes) {
			list.add(code.run(evaluation));
		}
		return Collections.unmodifiableList(list);
	}

	private Code[] values(List<Syntax> syntaxes) {
		return syntaxes.stream().map(this::value).toArray(Code[]::new);
	}

	private Code unary(Syntax.Unary unary) {
		Code operand = value(unary.operand());
		if (unary.operator().equals("not") || unary.operator().equals("!")) {
			return (evaluation) -> !operand.test(evaluation);
		}
		Arithmetic sign = Arithmetic.of(unary.operator());
		Site site = new Site(this.source, unary.start(), unary.operator(), List.of(unary.operand()));
		return (evaluation) -> Functions.signed(sign, operand.run(evaluation), site, evaluation);
	}

	private Code operation(Syntax.Operation operation) {
		return switch (operation.kind()) {
			case AND, OR -> logic(operation);
			case ARITHMETIC -> arithmetic(operation);
			case COMPARISON -> comparison(operation);
		};
	}

	// Returns the operand that decides, as Python does, not a boolean.
	private Code logic(Syntax.Operation operation) {
		boolean decisive = operation.kind() == Kind.OR;
		Code first = value(operation.first());
		Code[] rest = values(operation.rest().stream().map(Operand::syntax).toList());
		return (evaluation) -> {
			Object value = first.run(evaluation);
			for (int index = 0; index < rest.length && Values.isTrue(value) != decisive; index++) {
				value = rest[index].run(evaluation);
			}
			return value;
		};
	}

	private Code arithmetic(Syntax.Operation operation) {
		Code first = value(operation.first());
		Computed[] rest = new Computed[operation.rest().size()];
		Syntax left = operation.first();
		for (int index = 0; index < rest.length; index++) {
			Operand operand = operation.rest().get(index);
			rest[index] = new Computed(Arithmetic.of(operand.operator()), value(operand.syntax()), site(left, operand));
			left = new Syntax.Operation(Kind.ARITHMETIC, operation.first(), operation.rest().subList(0, index + 1));
		}
		return (evaluation) -> {
			Object value = first.run(evaluation);
			for (Computed next : rest) {
				value = next.operator().apply(value, next.right().run(evaluation), next.site(), evaluation);
			}
			return value;
		};
	}

	private Code comparison(Syntax.Operation operation) {
		Code first = value(operation.first());
		Compared[] rest = new Compared[operation.rest().size()];
		Syntax left = operation.first();
		for (int index = 0; index < rest.length; index++) {
			Operand operand = operation.rest().get(index);
			rest[index] = compared(left, operand);
			left = operand.syntax();
		}
		if (rest.length == 1) {
			Compared only = rest[0];
			return (evaluation) -> only.test(first.run(evaluation), only.right().run(evaluation), evaluation);
		}
		return (evaluation) -> {
			Object value = first.run(evaluation);
			for (Compared next : rest) {
				Object right = next.right().run(evaluation);
				if (!next.test(value, right, evaluation)) {
					return false;
				}
				value = right;
			}
			return true;
		};
	}

	private Compared compared(Syntax left, Operand operand) {
		Comparison operator = Comparison.of(operand.operator());
		Equality equality = (operator == Comparison.IS || operator == Comparison.IS_NOT) ? Equality.STRICT
				: equality(left, operand.syntax());
		return new Compared(operator, value(operand.syntax()), equality, site(left, operand));
	}

	private Site site(Syntax left, Operand operand) {
		return new Site(this.source, operand.position(), operand.operator(), List.of(left, operand.syntax()));
	}

	private static Equality equality(Syntax left, Syntax right) {
		return (isSignal(left) || isSignal(right)) ? Equality.OF_SIGNALS : Equality.BY_TEXT;
	}

	// Tells whether a value may be, or may directly contain, the payload of a signal.
	private static boolean isSignal(@Nullable Syntax syntax) {
		if (syntax instanceof Syntax.Root root) {
			return SIGNAL_ROOTS.contains(root.name());
		}
		if (syntax instanceof Syntax.Chain chain) {
			return isSignal(chain.head());
		}
		if (syntax instanceof Syntax.Items items) {
			return items.items().stream().anyMatch(Compiler::isSignal);
		}
		if (syntax instanceof Syntax.Conditional conditional) {
			return isSignal(conditional.then()) || isSignal(conditional.otherwise());
		}
		return syntax instanceof Syntax.Operation operation
				&& (operation.kind() == Kind.AND || operation.kind() == Kind.OR) && (isSignal(operation.first())
						|| operation.rest().stream().map(Operand::syntax).anyMatch(Compiler::isSignal));
	}

	private Code conditional(Syntax.Conditional conditional) {
		Code condition = value(conditional.condition());
		Code then = value(conditional.then());
		Code otherwise = value(conditional.otherwise());
		return (evaluation) -> condition.test(evaluation) ? then.run(evaluation) : otherwise.run(evaluation);
	}

	private Code call(Syntax.Call call) {
		Function function = call.function();
		Code[] codes = values(call.arguments());
		if (function == Function.CONTAINS) {
			return contains(call, codes);
		}
		Site site = new Site(this.source, call.start(), function.functionName(), call.arguments());
		return (evaluation) -> {
			@Nullable Object[] arguments = new @Nullable Object[codes.length];
			for (int index = 0; index < codes.length; index++) {
				arguments[index] = codes[index].run(evaluation);
			}
			return Functions.call(function, arguments, site, evaluation);
		};
	}

	private Code contains(Syntax.Call call, Code[] codes) {
		Syntax container = call.arguments().get(0);
		Syntax element = call.arguments().get(1);
		Equality equality = equality(element, container);
		Site site = new Site(this.source, call.start(), "contains", List.of(element, container));
		return (evaluation) -> {
			Object elements = codes[0].run(evaluation);
			return Membership.test(codes[1].run(evaluation), elements, equality, site, evaluation);
		};
	}

	/**
	 * A compiled step of a chain.
	 */
	@FunctionalInterface
	private interface Entry {

		@Nullable Object enter(@Nullable Object target, Evaluation evaluation);

	}

	/**
	 * An arithmetic operator with its right operand.
	 *
	 * @param operator the operator
	 * @param right the operand
	 * @param site where it stands
	 */
	private record Computed(Arithmetic operator, Code right, Site site) {

	}

	/**
	 * A comparison with its right operand.
	 *
	 * @param operator the operator
	 * @param right the operand
	 * @param equality how equality is understood
	 * @param site where it stands
	 */
	private record Compared(Comparison operator, Code right, Equality equality, Site site) {

		boolean test(@Nullable Object left, @Nullable Object value, Evaluation evaluation) {
			return this.operator.test(left, value, this.equality, this.site, evaluation);
		}

	}

}
