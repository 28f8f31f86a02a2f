package io.theus.transaction;

import java.time.Duration;

import io.theus.store.CommitOrigin;

/**
 * The time limit of an execution, over all its attempts and waits.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Deadline {

	private final Duration limit;

	private final long end;

	private Deadline(Duration limit, long end) {
		this.limit = limit;
		this.end = end;
	}

	/**
	 * Start a limit now.
	 * @param limit how long from now
	 * @return the deadline
	 */
	public static Deadline in(Duration limit) {
		return new Deadline(limit, System.nanoTime() + limit.toNanos());
	}

	/**
	 * Fail if the time is over.
	 * @param origin whose time it is
	 * @throws TransactionTimeoutException if the limit has passed
	 */
	public void check(CommitOrigin origin) {
		if (remainingNanos() <= 0) {
			throw new TransactionTimeoutException(origin, this.limit);
		}
	}

	/**
	 * Return how much time is left.
	 * @return nanoseconds, zero or negative when the limit has passed
	 */
	public long remainingNanos() {
		return this.end - System.nanoTime();
	}

	/**
	 * Return the limit.
	 * @return how long the whole execution may take
	 */
	public Duration limit() {
		return this.limit;
	}

}
