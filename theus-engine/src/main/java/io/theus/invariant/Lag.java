package io.theus.invariant;

import java.time.Duration;

/**
 * How far a reader may be behind its writer.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public sealed interface Lag {

	/**
	 * The reader may have a value that the writer had this long ago.
	 * @param duration how long, 0 for not at all
	 * @return the lag
	 * @throws IllegalArgumentException if the duration is negative
	 */
	static Lag of(Duration duration) {
		return new Time(duration);
	}

	/**
	 * The reader may have a value that the writer had this many changes ago.
	 * @param changes how many, 0 for none, at most 256
	 * @return the lag
	 * @throws IllegalArgumentException if the number is out of range
	 */
	static Lag changes(int changes) {
		return new Changes(changes);
	}

	/**
	 * A lag in time.
	 *
	 * @param duration how long
	 */
	record Time(Duration duration) implements Lag {

		/**
		 * Check the duration.
		 * @throws IllegalArgumentException if it is negative
		 */
		public Time {
			if (duration.isNegative()) {
				throw new IllegalArgumentException(
						"a lag cannot be negative: lag=%s, use 0 for none".formatted(duration));
			}
		}

		@Override
		public String toString() {
			return this.duration.toString();
		}

	}

	/**
	 * A lag in changes of the writer.
	 *
	 * @param count how many
	 */
	record Changes(int count) implements Lag {

		/**
		 * How many values of a writer are remembered at most.
		 */
		public static final int MOST = 256;

		/**
		 * Check the number.
		 * @throws IllegalArgumentException if it is out of range
		 */
		public Changes {
			if (count < 0 || count > MOST) {
				throw new IllegalArgumentException(
						"a lag is out of range: changes=%d, use 0 to %d".formatted(count, MOST));
			}
		}

		@Override
		public String toString() {
			return String.valueOf(this.count);
		}

	}

}
