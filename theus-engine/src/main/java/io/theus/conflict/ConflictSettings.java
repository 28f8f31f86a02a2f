package io.theus.conflict;

import java.time.Duration;

/**
 * How conflicts are retried: the wait before attempt {@code n + 1} is
 * {@code base * 2^(n-1)} times a factor drawn evenly from 0.8 to 1.2, at most the cap;
 * after some conflicts in a row an execution takes a ticket instead of waiting.
 *
 * @param maxAttempts how often a process may run, the first time included
 * @param base the wait after the first conflict, before the random factor
 * @param cap the longest wait
 * @param ticketAfter after how many conflicts in a row a ticket is taken
 * @param lease how long a ticket outlives its holder at most
 * @param ticketScope what a ticket keeps
 * @since 0.1.0
 */
public record ConflictSettings(int maxAttempts, Duration base, Duration cap, int ticketAfter, Duration lease,
		TicketScope ticketScope) {

	/**
	 * 20 attempts, waits from 2 ms to 2 s, a ticket after 5 conflicts with a lease of 5
	 * s.
	 */
	public static final ConflictSettings DEFAULT = new ConflictSettings(20, Duration.ofMillis(2),
			Duration.ofSeconds(2));

	/**
	 * Create settings with the usual tickets.
	 * @param maxAttempts how often a process may run, the first time included
	 * @param base the wait after the first conflict, before the random factor
	 * @param cap the longest wait
	 */
	public ConflictSettings(int maxAttempts, Duration base, Duration cap) {
		this(maxAttempts, base, cap, 5, Duration.ofSeconds(5), TicketScope.EXECUTION);
	}

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
		if (ticketAfter < 1) {
			throw new IllegalArgumentException(
					"a ticket is for those who have conflicted: ticketAfter=" + ticketAfter + ", use 1 or more");
		}
		if (lease.isNegative() || lease.isZero()) {
			throw new IllegalArgumentException("a ticket needs a lease: lease=" + lease + ", use for example 5 s");
		}
	}

}
