package io.theus.conflict;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that grow by chance, then a ticket: after some conflicts in a row an execution is
 * preferred to others, so that it commits in the end.
 *
 * @since 0.1.0
 */
public final class BackoffPolicy implements ConflictPolicy {

	private final ConflictSettings settings;

	private final RandomGenerator random;

	/**
	 * Create the policy.
	 * @param settings attempts, waits and when a ticket is taken
	 * @param random draws the factor of each wait; safe for use by several threads
	 */
	public BackoffPolicy(ConflictSettings settings, RandomGenerator random) {
		this.settings = settings;
		this.random = random;
	}

	@Override
	public ConflictDecision onConflict(FailedAttempt failure) {
		if (failure.conflicts() >= failure.maxAttempts()) {
			return new ConflictDecision.GiveUp();
		}
		return (failure.conflicts() >= this.settings.ticketAfter()) ? new ConflictDecision.TakeTicket()
				: new ConflictDecision.Wait(Duration.ofNanos(delay(failure.conflicts())));
	}

	private long delay(int conflicts) {
		double factor = 0.8 + 0.4 * this.random.nextDouble();
		double exponential = this.settings.base().toNanos() * Math.pow(2, conflicts - 1.0) * factor;
		return (long) Math.min(exponential, (double) this.settings.cap().toNanos());
	}

}
