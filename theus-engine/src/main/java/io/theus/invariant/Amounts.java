package io.theus.invariant;

import java.math.BigDecimal;
import java.math.BigInteger;

import org.jspecify.annotations.Nullable;

/**
 * Numbers of all types as decimals, exactly as they are written.
 */
final class Amounts {

	// Whoever adds numbers that are further apart writes out all digits in between
	private static final int DIGITS = 1000;

	private Amounts() {
	}

	/**
	 * Read a stored value as a number.
	 * @param value a stored value
	 * @return the number, {@code null} if it is none, not finite, or out of all
	 * proportion
	 */
	static @Nullable BigDecimal of(@Nullable Object value) {
		if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
			return BigDecimal.valueOf(((Number) value).longValue());
		}
		if (value instanceof Double || value instanceof Float) {
			return Double.isFinite(((Number) value).doubleValue()) ? new BigDecimal(value.toString()) : null;
		}
		if (value instanceof BigInteger integer) {
			return bounded(new BigDecimal(integer));
		}
		return (value instanceof BigDecimal decimal) ? bounded(decimal) : null;
	}

	private static @Nullable BigDecimal bounded(BigDecimal number) {
		boolean usual = number.precision() <= DIGITS && Math.abs((long) number.scale()) <= DIGITS;
		return usual ? number : null;
	}

}
