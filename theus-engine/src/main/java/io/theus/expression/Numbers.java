package io.theus.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Numbers are either integers, {@code long} and beyond that {@link BigInteger}, or
 * decimals. A {@code float} or {@code double} from outside stands for the decimal that
 * Java prints for it if it has a fraction, else for its exact value. So each number
 * stands for one point of the number line, comparison is exact and transitive over all
 * types, and {@code 0.1} from a {@code double} equals the literal. Infinities and "not a
 * number" can be compared, as in Java and Python, but not computed with.
 */
final class Numbers {

	/** What {@link #compare} returns when one number is "not a number". */
	static final int UNORDERED = 2;

	/** Integers up to here are exact as {@code double}. */
	private static final long EXACT_IN_DOUBLE = 1L << 53;

	private static final double BITS_PER_DIGIT = Math.log(10) / Math.log(2);

	private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]++");

	private static final Pattern DECIMAL = Pattern
		.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE]([+-]?[0-9]++))?");

	private Numbers() {
	}

	/**
	 * Take a value as a number.
	 * @param value a value
	 * @return the value if it is a number of a type that the language knows
	 */
	static @Nullable Number number(@Nullable Object value) {
		return (value instanceof Number number
				&& (isInteger(number) || number instanceof BigDecimal || isFloating(number))) ? number : null;
	}

	static boolean isInteger(Number number) {
		return isLong(number) || number instanceof BigInteger;
	}

	static boolean isLong(Number number) {
		return number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte;
	}

	private static boolean isFloating(Number number) {
		return number instanceof Double || number instanceof Float;
	}

	static boolean isFinite(Number number) {
		return !isFloating(number) || Double.isFinite(number.doubleValue());
	}

	static boolean isZero(Number number) {
		if (number instanceof BigDecimal decimal) {
			return decimal.signum() == 0;
		}
		return isInteger(number) ? integerValue(number).signum() == 0 : number.doubleValue() == 0;
	}

	static BigInteger integerValue(Number number) {
		return (number instanceof BigInteger integer) ? integer : BigInteger.valueOf(number.longValue());
	}

	static Number normalized(BigInteger integer) {
		return (integer.bitLength() < Long.SIZE) ? (Number) integer.longValue() : integer;
	}

	static Number negate(Number number) {
		return (number instanceof BigDecimal decimal) ? decimal.negate() : normalized(integerValue(number).negate());
	}

	static BigDecimal decimalValue(Number number) {
		if (number instanceof BigDecimal decimal) {
			return decimal;
		}
		if (isInteger(number)) {
			return (number instanceof BigInteger integer) ? new BigDecimal(integer)
					: BigDecimal.valueOf(number.longValue());
		}
		double value = number.doubleValue();
		return (value == Math.rint(value)) ? new BigDecimal(value) : new BigDecimal(number.toString());
	}

	/**
	 * Compares two numbers exactly.
	 * @param left a number
	 * @param right a number
	 * @return -1, 0, 1 or {@link #UNORDERED}
	 */
	static int compare(Number left, Number right) {
		if (isLong(left) && isLong(right)) {
			return Long.compare(left.longValue(), right.longValue());
		}
		if (isFloating(left) || isFloating(right)) {
			return compareFloating(left, right);
		}
		return decimalValue(left).compareTo(decimalValue(right));
	}

	private static int compareFloating(Number left, Number right) {
		double first = left.doubleValue();
		double second = right.doubleValue();
		if (Double.isNaN(first) || Double.isNaN(second)) {
			return UNORDERED;
		}
		if (isInfinite(left) || isInfinite(right)) {
			return Double.compare(isInfinite(left) ? first : 0, isInfinite(right) ? second : 0);
		}
		if (left.getClass() == right.getClass() || isExactInDouble(left) || isExactInDouble(right)) {
			return (first < second) ? -1 : (first == second) ? 0 : 1;
		}
		return decimalValue(left).compareTo(decimalValue(right));
	}

	private static boolean isExactInDouble(Number number) {
		return isLong(number) && number.longValue() <= EXACT_IN_DOUBLE && number.longValue() >= -EXACT_IN_DOUBLE;
	}

	private static boolean isInfinite(Number number) {
		return isFloating(number) && Double.isInfinite(number.doubleValue());
	}

	static BigDecimal operand(Number number, Site site, int digits) {
		if (!isFinite(number)) {
			throw site.failed(site.name() + " needs finite numbers, value=" + number);
		}
		if (number instanceof BigInteger integer) {
			bounded(integer, site, digits);
		}
		return bounded(decimalValue(number), site, digits);
	}

	static BigDecimal bounded(BigDecimal decimal, Site site, int digits) {
		bounded(decimal.unscaledValue(), site, digits);
		if (Math.abs((long) decimal.scale()) > digits) {
			throw tooLong(site, digits);
		}
		return decimal;
	}

	static BigInteger bounded(BigInteger integer, Site site, int digits) {
		if (integer.bitLength() > digits * BITS_PER_DIGIT) {
			throw tooLong(site, digits);
		}
		return integer;
	}

	private static ExpressionEvaluationException tooLong(Site site, int digits) {
		return site.failed(site.name() + " meets a number that is too long, limit=" + digits + " digits");
	}

	static @Nullable Number parseInteger(String text, int digits) {
		boolean valid = text.length() <= digits && INTEGER.matcher(text).matches();
		return valid ? normalized(new BigInteger(text)) : null;
	}

	static @Nullable BigDecimal parseDecimal(String text, int digits) {
		Matcher matcher = DECIMAL.matcher(text);
		if (text.length() > digits || !matcher.matches()) {
			return null;
		}
		String exponent = matcher.group(1);
		if (exponent != null && exponent.length() > 9) {
			return null;
		}
		BigDecimal decimal = new BigDecimal(text);
		return (Math.abs((long) decimal.scale()) <= digits) ? decimal : null;
	}

}
