package io.theus.transaction;

import java.time.Duration;

/**
 * How conflicts are retried: the wait before attempt {@code n + 1} is
 * {@code base * 2^(n-1)} times a factor drawn evenly from 0.8 to 1.2, at most the cap.
 *
 * @param maxAttempts how often a process may run, the first time included
 * @param base the wait after the first conflict, before the random factor
 * @param cap the longest wait
 * @since 0.1.0
 */
public record ConflictSettings(int maxAttempts, Duration base, Duration cap) {

	/**
	 * 20 attempts, waits from 2 ms to 2 s.
	 */
	public static final ConflictSettings DEFAULT = new ConflictSettings(20, Duration.ofMillis(2),
			Duration.ofSeconds(2));

	/**
	 * Check the values.
	 */
	public ConflictSettings {
		if (maxAttempts < 1) {
			throw new IllegalArgumentException(
					"conflicts need at least one attempt: maxAttempts=" + maxAttempts + ", use 1 or more");
		}
		if (base.isNegative() || cap.compareTo(base) < 0) {
			throw new IllegalArgumentException(
					"the waits between attempts are out of order: base=%s cap=%s, use 0 <= base <= cap".formatted(base,
							cap));
		}
	}

}
