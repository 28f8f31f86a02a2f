package io.theus.audit.recipe;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Relations;

/**
 * A number is not below or not above a bound. Integers are compared with the nearest
 * integer inside the bound, so that the common case is one comparison.
 */
final class BoundCheck implements Check {

	private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);

	private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

	private final boolean lower;

	private final BigDecimal bound;

	private final double approximate;

	// Meaningful if some long is inside the bound
	private final long nearest;

	private final boolean reachable;

	BoundCheck(boolean lower, BigDecimal bound) {
		this.lower = lower;
		this.bound = bound;
		this.approximate = bound.doubleValue();
		BigInteger inside = bound.setScale(0, lower ? RoundingMode.CEILING : RoundingMode.FLOOR).toBigInteger();
		this.reachable = lower ? inside.compareTo(MOST) <= 0 : inside.compareTo(LEAST) >= 0;
		this.nearest = inside.max(LEAST).min(MOST).longValue();
	}

	BigDecimal bound() {
		return this.bound;
	}

	@Override
	public String key() {
		return this.lower ? "min" : "max";
	}

	@Override
	public Object operand() {
		return this.bound;
	}

	@Override
	public boolean holds(Object value, @Nullable ValueScope scope) {
		if (value instanceof Long number) {
			return isInside(number);
		}
		if (value instanceof Integer number) {
			return isInside(number);
		}
		if (value instanceof BigDecimal number) {
			int order = number.compareTo(this.bound);
			return this.lower ? order >= 0 : order <= 0;
		}
		if (value instanceof Double number && Math.abs(number - this.approximate) > 2 * Math.ulp(this.approximate)) {
			return this.lower ? number > this.approximate : number < this.approximate;
		}
		Number number = Relations.number(value);
		return number != null
				&& (this.lower ? Relations.isAtLeast(number, this.bound) : Relations.isAtLeast(this.bound, number));
	}

	private boolean isInside(long number) {
		return this.reachable && (this.lower ? number >= this.nearest : number <= this.nearest);
	}

	@Override
	public String problem(Object value) {
		if (Relations.number(value) == null) {
			return Check.mismatch(key(), "a number", value);
		}
		if (value instanceof Number number && Double.isNaN(number.doubleValue())) {
			return "is not a number, %s=%s".formatted(key(), this.bound.toPlainString());
		}
		return "is %s %s=%s".formatted(this.lower ? "below" : "above", key(), this.bound.toPlainString());
	}

}
