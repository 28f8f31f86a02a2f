package io.theus.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The operators that compute. Integers stay integers except in a true division,
 * everything else is computed in decimals: exactly, a true division to 34 digits, half
 * even ({@link MathContext#DECIMAL128}). {@code //} and {@code %} round towards negative
 * infinity, as in Python, so that a remainder has the sign of the divisor.
 */
enum Arithmetic {

	PLUS("+"), MINUS("-"), TIMES("*"), DIVIDE("/"), FLOOR("//"), REMAINDER("%");

	private final String symbol;

	Arithmetic(String symbol) {
		this.symbol = symbol;
	}

	static Arithmetic of(String symbol) {
		return Arrays.stream(values()).filter((operator) -> operator.symbol.equals(symbol)).findFirst().orElseThrow();
	}

	Object apply(@Nullable Object left, @Nullable Object right, Site site, Evaluation evaluation) {
		Number first = Numbers.number(left);
		Number second = Numbers.number(right);
		if (first != null && second != null) {
			return compute(first, second, site, evaluation.limits().digits());
		}
		if (this == PLUS) {
			return join(left, right, site, evaluation);
		}
		throw site.mismatch("two numbers", left, right);
	}

	Number compute(Number left, Number right, Site site, int digits) {
		if (this == DIVIDE || !Numbers.isInteger(left) || !Numbers.isInteger(right)) {
			return decimals(Numbers.operand(left, site, digits), Numbers.operand(right, site, digits), site, digits);
		}
		if (Numbers.isLong(left) && Numbers.isLong(right)) {
			return longs(left.longValue(), right.longValue(), site, digits);
		}
		return integers(Numbers.integerValue(left), Numbers.integerValue(right), site, digits);
	}

	private Number longs(long left, long right, Site site, int digits) {
		if (right == 0 && isDivision()) {
			throw divisionByZero(left, site);
		}
		long result = switch (this) {
			case PLUS -> left + right;
			case MINUS -> left - right;
			case TIMES -> left * right;
			case FLOOR -> Math.floorDiv(left, right);
			default -> Math.floorMod(left, right);
		};
		boolean overflow = switch (this) {
			case PLUS -> ((left ^ result) & (right ^ result)) < 0;
			case MINUS -> ((left ^ right) & (left ^ result)) < 0;
			case TIMES -> Math.multiplyHigh(left, right) != result >> (Long.SIZE - 1);
			case FLOOR -> left == Long.MIN_VALUE && right == -1;
			default -> false;
		};
		return overflow ? integers(BigInteger.valueOf(left), BigInteger.valueOf(right), site, digits) : (Number) result;
	}

	private Number integers(BigInteger left, BigInteger right, Site site, int digits) {
		Numbers.bounded(left, site, digits);
		Numbers.bounded(right, site, digits);
		if (right.signum() == 0 && isDivision()) {
			throw divisionByZero(left, site);
		}
		BigInteger result = switch (this) {
			case PLUS -> left.add(right);
			case MINUS -> left.subtract(right);
			case TIMES -> left.multiply(right);
			case FLOOR -> floor(new BigDecimal(left), new BigDecimal(right));
			default -> left.subtract(floor(new BigDecimal(left), new BigDecimal(right)).multiply(right));
		};
		return Numbers.normalized(Numbers.bounded(result, site, digits));
	}

	private Number decimals(BigDecimal left, BigDecimal right, Site site, int digits) {
		if (right.signum() == 0 && isDivision()) {
			throw divisionByZero(left, site);
		}
		if (this == FLOOR) {
			return Numbers.normalized(Numbers.bounded(floor(left, right), site, digits));
		}
		BigDecimal result = switch (this) {
			case PLUS -> left.add(right);
			case MINUS -> left.subtract(right);
			case TIMES -> left.multiply(right);
			case DIVIDE -> left.divide(right, MathContext.DECIMAL128);
			default -> left.subtract(right.multiply(new BigDecimal(floor(left, right))));
		};
		return Numbers.bounded(result, site, digits);
	}

	private static BigInteger floor(BigDecimal left, BigDecimal right) {
		return left.divide(right, 0, RoundingMode.FLOOR).toBigInteger();
	}

	private boolean isDivision() {
		return this == DIVIDE || this == FLOOR || this == REMAINDER;
	}

	private static ExpressionEvaluationException divisionByZero(Number left, Site site) {
		return site.failed(site.name() + " divides by zero, left=" + Values.describe(left));
	}

	private static Object join(@Nullable Object left, @Nullable Object right, Site site, Evaluation evaluation) {
		String first = Values.asText(left);
		String second = Values.asText(right);
		if (first != null && second != null) {
			return join(first, second, site, evaluation);
		}
		if (left instanceof List<?> head && right instanceof List<?> tail) {
			return join(head, tail, site, evaluation);
		}
		if (first != null || second != null) {
			throw site.mismatch("two numbers, two texts or two lists, convert with str(...)", left, right);
		}
		throw site.mismatch("two numbers, two texts or two lists", left, right);
	}

	static String join(String left, String right, Site site, Evaluation evaluation) {
		long length = (long) left.length() + right.length();
		if (length > evaluation.limits().textLength()) {
			throw site.failed(site.name() + " makes a text that is too long, limit=" + evaluation.limits().textLength()
					+ " characters");
		}
		evaluation.chargeText(length, site);
		return left + right;
	}

	private static List<?> join(List<?> left, List<?> right, Site site, Evaluation evaluation) {
		long size = (long) left.size() + right.size();
		if (size > evaluation.limits().listSize()) {
			throw site.failed(site.name() + " makes a list that is too long, limit=" + evaluation.limits().listSize()
					+ " elements");
		}
		evaluation.charge(size, site);
		List<@Nullable Object> joined = new ArrayList<>((int) size);
		joined.addAll(left);
		joined.addAll(right);
		return Collections.unmodifiableList(joined);
	}

}
