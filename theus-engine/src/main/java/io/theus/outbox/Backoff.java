package io.theus.outbox;

import java.time.Duration;

/**
 * How long a message that could not be sent waits for its next attempt:
 * {@code min(base * factor^(n - 1), cap) * U[0.8, 1.2)} after the n-th failure. The
 * random factor keeps messages that failed together from coming back together.
 *
 * @param base the delay after the first failure
 * @param factor by how much each further failure lengthens it, at least 1
 * @param cap the longest delay, before the random factor
 * @since 0.1.0
 */
public record Backoff(Duration base, double factor, Duration cap) {

	/**
	 * Check the values.
	 * @throws IllegalArgumentException if the base is not positive, the factor less than
	 * 1 or the cap less than the base
	 */
	public Backoff {
		if (base.isNegative() || base.isZero() || !(factor >= 1) || cap.compareTo(base) < 0) {
			throw new IllegalArgumentException("delays of the outbox must be positive and not shrink: base=" + base
					+ ", factor=" + factor + ", cap=" + cap);
		}
	}

	/**
	 * Return the delays that apply unless something else is said: 100 ms, doubled each
	 * time, up to 10 s.
	 * @return the default delays
	 */
	public static Backoff defaults() {
		return new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(10));
	}

	/**
	 * Compute a delay.
	 * @param failures how often the message has failed, at least 1
	 * @param random a number from 0 to below 1
	 * @return the delay in nanoseconds
	 */
	long nanos(int failures, double random) {
		double longest = this.cap.toNanos();
		double delay = Math.min(this.base.toNanos() * Math.pow(this.factor, failures - 1), longest);
		return (long) (delay * (0.8 + 0.4 * random));
	}

}
