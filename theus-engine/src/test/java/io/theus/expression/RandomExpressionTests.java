package io.theus.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares random trees with a reference that walks the tree naively: every number is a
 * decimal, an error is a value.
 */
class RandomExpressionTests {

	private static final Object ERROR = new Object() {

		@Override
		public String toString() {
			return "error";
		}

	};

	private static final List<String> ARITHMETIC = List.of("+", "-", "*", "/", "//", "%");

	private static final List<String> COMPARISON = List.of("==", "!=", "<", "<=", ">", ">=");

	private final long seed = new Random().nextLong();

	private final Random random = new Random(this.seed);

	private final Map<String, Object> variables = new TreeMap<>();

	@Test
	void randomTreesEvaluateAsTheReferenceSays() {
		int values = 0;
		for (int round = 0; round < 50_000; round++) {
			for (String name : List.of("a", "b", "c", "d")) {
				this.variables.put(name, leaf());
			}
			Tree tree = tree(5);
			Object expected = tree.value();
			Object actual = actual(tree.text());
			assertThat(same(actual, expected))
				.as("seed=%s, %s with %s: expected %s, was %s", this.seed, tree.text(), this.variables, expected,
						actual)
				.isTrue();
			values += (expected != ERROR) ? 1 : 0;
		}
		assertThat(values).as("seed=%s", this.seed).isGreaterThan(10_000);
	}

	private Object actual(String text) {
		try {
			return Expression.compile(text, this.variables.keySet()).evaluate(this.variables::get);
		}
		catch (ExpressionEvaluationException ex) {
			return ERROR;
		}
	}

	private static boolean same(Object actual, Object expected) {
		if (actual instanceof Number && expected instanceof BigDecimal decimal) {
			return new BigDecimal(actual.toString()).compareTo(decimal) == 0;
		}
		return Objects.equals(actual, expected);
	}

	private Tree tree(int depth) {
		if (depth == 0 || this.random.nextInt(6) == 0) {
			return leafTree();
		}
		return switch (this.random.nextInt(8)) {
			case 0, 1, 2 -> binary(pick(ARITHMETIC), tree(depth - 1), tree(depth - 1));
			case 3 -> comparison(depth);
			case 4 -> logic(this.random.nextBoolean(), tree(depth - 1), tree(depth - 1));
			case 5 -> not(tree(depth - 1));
			case 6 -> minus(tree(depth - 1));
			default -> conditional(tree(depth - 1), tree(depth - 1), tree(depth - 1));
		};
	}

	private Tree leafTree() {
		if (this.random.nextInt(3) == 0) {
			String name = pick(List.copyOf(this.variables.keySet()));
			return new Tree(name, reference(this.variables.get(name)));
		}
		Object value = leaf();
		String text = (value instanceof Number) ? new BigDecimal(value.toString()).toPlainString()
				: (value instanceof Boolean truth) ? (truth ? "True" : "false") : "None";
		return new Tree(text.startsWith("-") ? "(" + text + ")" : text, reference(value));
	}

	private Object leaf() {
		return switch (this.random.nextInt(12)) {
			case 0 -> true;
			case 1 -> false;
			case 2 -> null;
			case 3 -> BigDecimal.valueOf(this.random.nextInt(2000) - 1000, this.random.nextInt(3));
			case 4 -> (this.random.nextInt(2000) - 1000) / 8.0;
			case 5 -> Long.MAX_VALUE - this.random.nextInt(2);
			case 6 -> Long.MIN_VALUE + this.random.nextInt(2);
			case 7 -> this.random.nextInt();
			default -> this.random.nextInt(7) - 3;
		};
	}

	private static Object reference(Object value) {
		return (value instanceof Number) ? new BigDecimal(value.toString()) : value;
	}

	private Tree binary(String operator, Tree left, Tree right) {
		String text = "(" + left.text() + " " + operator + " " + right.text() + ")";
		if (!(left.value() instanceof BigDecimal first) || !(right.value() instanceof BigDecimal second)) {
			return new Tree(text, ERROR);
		}
		if (second.signum() == 0 && ARITHMETIC.indexOf(operator) > 2) {
			return new Tree(text, ERROR);
		}
		return new Tree(text, switch (operator) {
			case "+" -> first.add(second);
			case "-" -> first.subtract(second);
			case "*" -> first.multiply(second);
			case "/" -> first.divide(second, new MathContext(34, RoundingMode.HALF_EVEN));
			case "//" -> first.divide(second, 0, RoundingMode.FLOOR);
			default -> first.subtract(second.multiply(first.divide(second, 0, RoundingMode.FLOOR)));
		});
	}

	private Tree comparison(int depth) {
		Tree left = tree(depth - 1);
		StringBuilder text = new StringBuilder("(" + left.text());
		Object result = (left.value() == ERROR) ? ERROR : true;
		for (int links = 1 + this.random.nextInt(2); links > 0; links--) {
			String operator = pick(COMPARISON);
			Tree right = tree(depth - 1);
			text.append(' ').append(operator).append(' ').append(right.text());
			if (Boolean.TRUE.equals(result)) {
				result = compare(operator, left.value(), right.value());
			}
			left = right;
		}
		return new Tree(text.append(')').toString(), result);
	}

	private static Object compare(String operator, Object left, Object right) {
		if (right == ERROR) {
			return ERROR;
		}
		boolean numbers = left instanceof BigDecimal && right instanceof BigDecimal;
		if (operator.equals("==") || operator.equals("!=")) {
			boolean equal = numbers ? ((BigDecimal) left).compareTo((BigDecimal) right) == 0
					: Objects.equals(left, right);
			return equal == operator.equals("==");
		}
		if (!numbers) {
			return ERROR;
		}
		int order = ((BigDecimal) left).compareTo((BigDecimal) right);
		return switch (operator) {
			case "<" -> order < 0;
			case "<=" -> order <= 0;
			case ">" -> order > 0;
			default -> order >= 0;
		};
	}

	private Tree logic(boolean and, Tree left, Tree right) {
		String word = and ? pick(List.of("and", "&&")) : pick(List.of("or", "||"));
		String text = "(" + left.text() + " " + word + " " + right.text() + ")";
		if (left.value() == ERROR) {
			return new Tree(text, ERROR);
		}
		return new Tree(text, (truth(left.value()) == and) ? right.value() : left.value());
	}

	private Tree not(Tree operand) {
		String text = this.random.nextBoolean() ? "(not " + operand.text() + ")" : "!" + operand.text();
		return new Tree(text, (operand.value() == ERROR) ? ERROR : !truth(operand.value()));
	}

	private Tree minus(Tree operand) {
		return new Tree("(-" + operand.text() + ")",
				(operand.value() instanceof BigDecimal decimal) ? decimal.negate() : ERROR);
	}

	private Tree conditional(Tree condition, Tree then, Tree otherwise) {
		String text = this.random.nextBoolean()
				? "(" + then.text() + " if " + condition.text() + " else " + otherwise.text() + ")"
				: "(" + condition.text() + " ? " + then.text() + " : " + otherwise.text() + ")";
		if (condition.value() == ERROR) {
			return new Tree(text, ERROR);
		}
		return new Tree(text, truth(condition.value()) ? then.value() : otherwise.value());
	}

	private static boolean truth(Object value) {
		return (value instanceof BigDecimal decimal) ? decimal.signum() != 0 : Boolean.TRUE.equals(value);
	}

	private String pick(List<String> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	/**
	 * An expression and its value.
	 *
	 * @param text the expression
	 * @param value its value by the reference
	 */
	private record Tree(String text, Object value) {

	}

}
