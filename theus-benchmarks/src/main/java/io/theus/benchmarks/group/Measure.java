package io.theus.benchmarks.group;

import java.util.Locale;

/**
 * How two measurements are compared. Both are operations per second, of all threads of a
 * trial together.
 *
 * @since 0.1.0
 */
public enum Measure {

	/** The multiple of the other's operations per second; at least the limit. */
	SPEED("at least %.2fx the speed of", "%.2fx") {

		@Override
		public double compare(double subject, double reference) {
			return subject / reference;
		}

		@Override
		boolean isWithin(double value, double limit) {
			return value >= limit;
		}

	},

	/** The multiple of the other's time per operation; at most the limit. */
	COST("at most %.2fx the cost of", "%.2fx") {

		@Override
		public double compare(double subject, double reference) {
			return reference / subject;
		}

		@Override
		boolean isWithin(double value, double limit) {
			return value <= limit;
		}

	},

	/**
	 * The nanoseconds per operation beyond the other's, for trials on one thread; at most
	 * the limit.
	 */
	EXTRA("at most %.0f ns above", "%.0f ns") {

		@Override
		public double compare(double subject, double reference) {
			return NANOS_PER_SECOND / subject - NANOS_PER_SECOND / reference;
		}

		@Override
		boolean isWithin(double value, double limit) {
			return value <= limit;
		}

	};

	private static final double NANOS_PER_SECOND = 1e9;

	private final String demand;

	private final String unit;

	Measure(String demand, String unit) {
		this.demand = demand;
		this.unit = unit;
	}

	/**
	 * Compare two measurements.
	 * @param subject operations per second of the one that has to reach a target
	 * @param reference operations per second of the one that it is compared with
	 * @return the value that decides
	 */
	public abstract double compare(double subject, double reference);

	/**
	 * Return a value with its unit.
	 * @param value what {@link #compare} returned
	 * @return the value as it is printed
	 */
	public String format(double value) {
		return String.format(Locale.ROOT, this.unit, value);
	}

	abstract boolean isWithin(double value, double limit);

	String demand(double limit) {
		return String.format(Locale.ROOT, this.demand, limit);
	}

}
