package io.theus.benchmarks.group;

import java.util.Locale;

/**
 * How two figures are compared, or one is bounded.
 *
 * @since 0.1.0
 */
public enum Measure {

	/** The multiple of the other's operations per second; at least the limit. */
	SPEED(Figure.SPEED, "at least %.2fx the speed of", "%.2fx") {

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
	COST(Figure.SPEED, "at most %.2fx the cost of", "%.2fx") {

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
	EXTRA(Figure.SPEED, "at most %.0f ns above", "%.0f ns") {

		@Override
		public double compare(double subject, double reference) {
			return NANOS_PER_SECOND / subject - NANOS_PER_SECOND / reference;
		}

		@Override
		boolean isWithin(double value, double limit) {
			return value <= limit;
		}

	},

	/** The nanoseconds per operation, for trials on one thread; at most the limit. */
	TIME(Figure.SPEED, "at most %,.0f ns", "%,.0f ns") {

		@Override
		public double compare(double subject, double reference) {
			return NANOS_PER_SECOND / subject;
		}

		@Override
		boolean isWithin(double value, double limit) {
			return value <= limit;
		}

	},

	/** The operations per second; at least the limit. */
	RATE(Figure.SPEED, "at least %,.0f per second", "%,.0f") {

		@Override
		public double compare(double subject, double reference) {
			return subject;
		}

		@Override
		boolean isWithin(double value, double limit) {
			return value >= limit;
		}

	},

	/** The part that the slowest thread has of the mean; at least the limit. */
	FAIRNESS(Figure.FAIRNESS, "slowest thread at least %.2f of the mean", "%.2f") {

		@Override
		public double compare(double subject, double reference) {
			return subject;
		}

		@Override
		boolean isWithin(double value, double limit) {
			return value >= limit;
		}

	},

	/** The multiple of the other's heap; at most the limit. */
	HEAP(Figure.HEAP, "at most %.2fx the heap of", "%.3fx") {

		@Override
		public double compare(double subject, double reference) {
			return subject / reference;
		}

		@Override
		boolean isWithin(double value, double limit) {
			return value <= limit;
		}

	},

	/** The mebibytes of heap; at most the limit. */
	SIZE(Figure.HEAP, "at most %,.0f MiB of heap", "%,.1f MiB") {

		@Override
		public double compare(double subject, double reference) {
			return subject / MEBIBYTE;
		}

		@Override
		boolean isWithin(double value, double limit) {
			return value <= limit;
		}

	};

	private static final double NANOS_PER_SECOND = 1e9;

	private static final double MEBIBYTE = 1 << 20;

	private final Figure figure;

	private final String demand;

	private final String unit;

	Measure(Figure figure, String demand, String unit) {
		this.figure = figure;
		this.demand = demand;
		this.unit = unit;
	}

	/**
	 * Return which figure decides.
	 * @return the figure of both trials
	 */
	public Figure figure() {
		return this.figure;
	}

	/**
	 * Compare two trials.
	 * @param subject the figure of the one that has to reach a target
	 * @param reference the figure of the one that it is compared with, the same where a
	 * figure is bounded by itself
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
