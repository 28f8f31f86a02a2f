package io.theus.outbox;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Lets one thread sleep until others have news for it.
 */
final class Doorbell {

	/*
	 * State. QUIET, RUNG or ASLEEP. A ring is remembered until the sleeper has come back
	 * from sleep, so it does not matter whether it comes before, during or after falling
	 * asleep.
	 *
	 * Who may write. Anybody sets RUNG; who finds that it was ASLEEP wakes the sleeper.
	 * The CAS from QUIET to ASLEEP pairs with that: it fails if somebody has rung. Only
	 * the sleeper sets QUIET.
	 *
	 * Ordering. Who has news makes them visible, then rings. The sleeper becomes QUIET,
	 * then looks for news. Of a ring before QUIET it sees the news; a ring after it keeps
	 * the sleeper from falling asleep again.
	 */

	private static final int QUIET = 0;

	private static final int RUNG = 1;

	private static final int ASLEEP = 2;

	private final AtomicInteger state = new AtomicInteger();

	private volatile @Nullable Thread sleeper;

	/**
	 * Wake the sleeper, or keep it from its next sleep.
	 */
	void ring() {
		if (this.state.get() != RUNG && this.state.getAndSet(RUNG) == ASLEEP) {
			LockSupport.unpark(this.sleeper);
		}
	}

	/**
	 * Sleep until somebody rings, unless somebody has since the last sleep. May return
	 * for no reason.
	 * @param nanos how long to sleep at most, in nanoseconds
	 */
	void sleep(long nanos) {
		this.sleeper = Thread.currentThread();
		if (this.state.compareAndSet(QUIET, ASLEEP)) {
			LockSupport.parkNanos(this, nanos);
		}
		this.state.set(QUIET);
	}

}
