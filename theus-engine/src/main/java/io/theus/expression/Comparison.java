package io.theus.expression;

import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The operators that compare two values.
 */
enum Comparison {

	EQUAL("=="), NOT_EQUAL("!="), LESS("<"), LESS_OR_EQUAL("<="), GREATER(">"), GREATER_OR_EQUAL(">="), IN("in"),
	NOT_IN("not in"), IS("is"), IS_NOT("is not");

	private final String symbol;

	Comparison(String symbol) {
		this.symbol = symbol;
	}

	static Comparison of(String symbol) {
		return Arrays.stream(values()).filter((operator) -> operator.symbol.equals(symbol)).findFirst().orElseThrow();
	}

	/**
	 * Compare two values.
	 * @param left the left value
	 * @param right the right value
	 * @param equality how equality is understood here
	 * @param site where the operator stands
	 * @param evaluation the evaluation
	 * @return whether the comparison holds
	 */
	boolean test(@Nullable Object left, @Nullable Object right, Equality equality, Site site, Evaluation evaluation) {
		return switch (this) {
			case EQUAL, IS -> equality.test(left, right, site, evaluation);
			case NOT_EQUAL, IS_NOT -> !equality.test(left, right, site, evaluation);
			case IN -> Membership.test(left, right, equality, site, evaluation);
			case NOT_IN -> !Membership.test(left, right, equality, site, evaluation);
			default -> test(order(left, right, site, evaluation));
		};
	}

	private boolean test(int order) {
		return switch (this) {
			case LESS -> order < 0;
			case LESS_OR_EQUAL -> order <= 0;
			case GREATER -> order == 1;
			default -> order == 1 || order == 0;
		};
	}

	/**
	 * Order two values: numbers by size, texts by their UTF-16 characters, values of one
	 * {@code java.time} type by time.
	 * @param left the left value
	 * @param right the right value
	 * @param site where the operator stands
	 * @param evaluation the evaluation
	 * @return -1, 0, 1, or {@link Numbers#UNORDERED}
	 */
	static int order(@Nullable Object left, @Nullable Object right, Site site, Evaluation evaluation) {
		Number number = Numbers.number(left);
		Number otherNumber = Numbers.number(right);
		if (number != null && otherNumber != null) {
			return Numbers.compare(number, otherNumber);
		}
		String text = Values.asText(left);
		String otherText = Values.asText(right);
		if (text != null && otherText != null) {
			evaluation.chargeText(Math.min(text.length(), otherText.length()), site);
			return Integer.signum(text.compareTo(otherText));
		}
		if (left != null && right != null && left.getClass() == right.getClass() && isTime(left)) {
			return compareTimes(left, right);
		}
		throw site.mismatch("two numbers, two texts or two times of one type", left, right);
	}

	private static boolean isTime(Object value) {
		return value instanceof Comparable<?> && !(value instanceof Enum<?>)
				&& (value instanceof TemporalAccessor || value instanceof TemporalAmount);
	}

	@SuppressWarnings("unchecked")
	private static int compareTimes(Object left, Object right) {
		return Integer.signum(((Comparable<Object>) left).compareTo(right));
	}

}
