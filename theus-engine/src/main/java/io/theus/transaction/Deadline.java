package io.theus.transaction;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.theus.conflict.TransactionTimeoutException;
import io.theus.store.CommitOrigin;

/**
 * The time limit of an execution, over all its attempts and waits.
 * <p>
 * Safe for use by several threads: it is over by itself when the limit has passed, or
 * when a clock declares it to be over, or somebody gives up, before a commit has begun.
 *
 * @since 0.1.0
 */
public final class Deadline {

	private static final Duration LONGEST = Duration.ofDays(36500);

	private static final AtomicIntegerFieldUpdater<Deadline> PHASE = AtomicIntegerFieldUpdater
		.newUpdater(Deadline.class, "phase");

	private static final int OPEN = 0;

	private static final int COMMITTING = 1;

	private static final int EXPIRED = 2;

	private static final int CANCELLED = 3;

	private final Duration limit;

	private final long end;

	private volatile int phase = OPEN;

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
		boolean endless = limit.compareTo(LONGEST) > 0;
		return new Deadline(limit, System.nanoTime() + (endless ? LONGEST : limit).toNanos());
	}

	/**
	 * Start a limit within this one now.
	 * @param part how long from now at most
	 * @return a deadline that is no later than this one
	 */
	public Deadline within(Duration part) {
		Deadline own = in(part);
		return (own.end - this.end < 0) ? own : new Deadline(this.limit, this.end);
	}

	// From here on the time no longer counts, unless the commit is refused
	void beginCommit(CommitOrigin origin) {
		if (remainingNanos() <= 0 || !PHASE.compareAndSet(this, OPEN, COMMITTING)) {
			throw exceeded(origin);
		}
	}

	/**
	 * Describe that the time is over.
	 * @param origin whose time it was
	 * @return the exception
	 */
	public TransactionTimeoutException exceeded(CommitOrigin origin) {
		return new TransactionTimeoutException(origin, this.limit);
	}

	// There may be another commit within this limit, unless it is over
	void reopen() {
		PHASE.compareAndSet(this, COMMITTING, OPEN);
	}

	/**
	 * Declare the time to be over, so that no commit begins any more.
	 * @return {@code false} if a commit has begun already
	 */
	public boolean expire() {
		return PHASE.compareAndSet(this, OPEN, EXPIRED);
	}

	/**
	 * Return whether the time was declared to be over.
	 * @return whether {@link #expire()} came before the commit
	 */
	public boolean isExpired() {
		return this.phase == EXPIRED;
	}

	/**
	 * Give up before the time is over, so that no commit begins any more.
	 * @return {@code false} if a commit has begun already, or the time is over
	 */
	public boolean cancel() {
		return PHASE.compareAndSet(this, OPEN, CANCELLED);
	}

	/**
	 * Return whether it was given up.
	 * @return whether {@link #cancel()} came before the commit
	 */
	public boolean isCancelled() {
		return this.phase == CANCELLED;
	}

	/**
	 * Return how much time is left.
	 * @return nanoseconds, zero or negative when the limit has passed
	 */
	public long remainingNanos() {
		return this.end - System.nanoTime();
	}

	/**
	 * Return when it is over.
	 * @return on the scale of {@link System#nanoTime()}
	 */
	public long end() {
		return this.end;
	}

	/**
	 * Return the limit.
	 * @return how long the whole execution may take
	 */
	public Duration limit() {
		return this.limit;
	}

}
