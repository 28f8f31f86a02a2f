package io.theus.transaction;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.ConflictDecision;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictPolicy;
import io.theus.conflict.FailedAttempt;
import io.theus.conflict.TransactionTimeoutException;

/**
 * One execution between its first conflict and its end: says what comes after each
 * conflict. How the time until then is spent is left to others: a thread may wait, or be
 * given back.
 * <p>
 * Used by one thread at a time.
 *
 * @since 0.1.0
 */
public final class Contest {

	private final RetryLoop loop;

	private final ConflictPolicy policy;

	private final Repeatable<?> work;

	private final Contender contender;

	private int attempts = 1;

	private long waited;

	private @Nullable ConflictException last;

	private ConflictDecision decision = new ConflictDecision.GiveUp();

	Contest(RetryLoop loop, ConflictPolicy policy, Repeatable<?> work, Contender contender) {
		this.loop = loop;
		this.policy = policy;
		this.work = work;
		this.contender = contender;
	}

	/**
	 * Begin another attempt.
	 * @return its number, 2 at first
	 */
	public int next() {
		return ++this.attempts;
	}

	/**
	 * Ask the policy what comes after a conflict.
	 * @param conflict why the attempt was refused
	 * @return {@code false} if there is no further attempt
	 */
	public boolean goesOnAfter(ConflictException conflict) {
		this.last = conflict;
		this.decision = this.policy.onConflict(new FailedAttempt(this.work.origin(), conflict.conflict().path(),
				this.attempts, this.work.maxAttempts(), Duration.ofNanos(this.waited), this.contender.holdsTicket()));
		return !(this.decision instanceof ConflictDecision.GiveUp);
	}

	/**
	 * Return what to wait for.
	 * @return {@code true} for a ticket, {@code false} for the {@link #delay()} to pass
	 */
	public boolean wantsTicket() {
		return this.decision instanceof ConflictDecision.TakeTicket;
	}

	/**
	 * Return how long to wait.
	 * @return nanoseconds, 0 where a ticket is waited for
	 * @throws TransactionTimeoutException if the time would be over before
	 */
	public long delay() {
		long delay = (this.decision instanceof ConflictDecision.Wait wait) ? wait.delay().toNanos() : 0;
		if (delay >= this.work.deadline().remainingNanos()) {
			throw this.work.deadline().exceeded(this.work.origin());
		}
		return delay;
	}

	/**
	 * Take note of a wait.
	 * @param nanos how long it was
	 */
	public void waited(long nanos) {
		this.waited += nanos;
	}

	/**
	 * Wait on this thread for a ticket for all that was declared and touched.
	 * @throws InterruptedException if the thread is interrupted
	 * @throws TransactionTimeoutException if it is not granted in time
	 */
	public void takeTicket() throws InterruptedException {
		long before = System.nanoTime();
		this.loop.takeTicket(this.work, this.contender);
		this.waited += System.nanoTime() - before;
	}

	ConflictException last() {
		return Objects.requireNonNull(this.last);
	}

	/**
	 * Tell the policy of the commit.
	 */
	public void won() {
		this.policy.onSuccess(this.work.origin(), this.attempts - 1);
	}

	/**
	 * Describe the end without a commit.
	 * @param conflict why the last attempt was refused
	 * @return the same with what was done to avoid it
	 */
	public ConflictException lost(ConflictException conflict) {
		return new ConflictException(conflict.conflict(), this.attempts, Duration.ofNanos(this.waited));
	}

	/**
	 * Let others go on.
	 */
	public void end() {
		this.loop.giveBack(this.contender);
	}

}
