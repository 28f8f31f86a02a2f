package io.theus.internal.ring;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A reader's place in a {@link BroadcastRing}. Threads that share a cursor compete: each
 * entry goes to one of them. Threads that shall all see every entry need a cursor each.
 *
 * @param <T> the type of the values
 * @since 0.1.0
 */
public final class Cursor<T> {

	/*
	 * State. 'next' is the number of the entry to read. Its place in the ring holds an
	 * older entry or none (not published yet), that entry, or a newer one (overwritten:
	 * lag).
	 *
	 * Who may write. Any thread that polls. The CAS from n to n + 1 pairs with the same
	 * CAS of competing threads: the winner has read entry n. The CAS from n to the oldest
	 * retained number pairs with both, so a lag is reported once, to one of them. 'end'
	 * is lowered by whoever finishes or closes the cursor.
	 *
	 * Ordering. 'next' only grows. The number missed is exact at the moment of the
	 * report: all entries between are overwritten and none of them was read through this
	 * cursor.
	 *
	 * Resting. A thread that finds no more entries rests for a moment before it enters
	 * the wait queue, if it has read a burst of them or was about to wait a moment ago.
	 * While entries come in a stream, publishers then have hardly anybody to wake, which
	 * costs them more than the entry does, and the reader finds many entries at once. A
	 * reader that is spoken to now and then never rests.
	 *
	 * Limits. Where publishers are faster than the reader for good, the oldest entry may
	 * be overwritten again before it is read, and each such loss is reported.
	 */

	private static final long OPEN = Long.MAX_VALUE;

	private static final long CLOSED = Long.MIN_VALUE;

	private static final int BURST = 64;

	private static final long REST_NANOS = 20_000;

	private final BroadcastRing<T> ring;

	private final WaitQueue readers;

	private final LongConsumer onLag;

	private final Sequence next;

	// The number of the first entry that is not read any more
	private final AtomicLong end = new AtomicLong(OPEN);

	// Where and when the reader was about to wait last; if threads share the cursor, one
	// of
	// them
	private volatile long lookedAt;

	private volatile long lookedTime = System.nanoTime() - REST_NANOS;

	Cursor(BroadcastRing<T> ring, WaitQueue readers, long start, LongConsumer onLag) {
		this.ring = ring;
		this.readers = readers;
		this.next = new Sequence(start);
		this.onLag = onLag;
		this.lookedAt = start;
	}

	/**
	 * Return the next value without waiting for it.
	 * @return the value, or {@code null} if there is none now
	 */
	public @Nullable T poll() {
		for (long sequence = this.next.get(); sequence < this.end.get(); sequence = this.next.get()) {
			Entry<T> entry = this.ring.entry(sequence);
			if (entry == null || entry.sequence < sequence) {
				return null;
			}
			if (entry.sequence > sequence) {
				skipFrom(sequence);
			}
			else if (entry instanceof Entry.End || this.next.compareAndSet(sequence, sequence + 1)) {
				return entry.value;
			}
		}
		return null;
	}

	/**
	 * Return the next value, waiting for it if necessary.
	 * @param timeoutNanos how long to wait at most, in nanoseconds;
	 * {@link Long#MAX_VALUE} waits without limit
	 * @return the value, or {@code null} if none came in time or the cursor is exhausted
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	public @Nullable T poll(long timeoutNanos) throws InterruptedException {
		T value = poll();
		if (value != null || timeoutNanos <= 0 || isExhausted()) {
			return value;
		}
		long deadline = System.nanoTime() + timeoutNanos;
		if (timeoutNanos > REST_NANOS && rest()) {
			value = poll();
		}
		return (value != null) ? value : await(deadline);
	}

	/**
	 * Rest for a moment before waiting for more, if many entries were read since this was
	 * called last, or that was a moment ago.
	 * @return whether it is time to look again
	 */
	public boolean rest() {
		long sequence = this.next.get();
		long now = System.nanoTime();
		boolean inStream = sequence - this.lookedAt >= BURST || now - this.lookedTime < REST_NANOS;
		this.lookedAt = sequence;
		this.lookedTime = now;
		if (inStream) {
			LockSupport.parkNanos(this.ring, REST_NANOS);
		}
		return inStream;
	}

	private @Nullable T await(long deadline) throws InterruptedException {
		WaitQueue.Waiter waiter = this.readers.join();
		try {
			while (true) {
				T value = poll();
				if (value != null || isExhausted()) {
					return value;
				}
				long remaining = deadline - System.nanoTime();
				if (remaining <= 0) {
					return null;
				}
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
				if (waiter.isWoken()) {
					waiter = this.readers.join();
				}
				else {
					LockSupport.parkNanos(this.ring, remaining);
				}
			}
		}
		finally {
			this.readers.leave(waiter);
		}
	}

	/**
	 * Wait without a thread. Whoever calls this looks for a value afterwards, because one
	 * may have come just before.
	 * @param action what to run once, when a value may have come or the cursor may be
	 * exhausted: quick, on the thread of a publisher; it must not throw
	 * @return the wait
	 */
	public Wait await(Runnable action) {
		return new Wait(this.readers, this.readers.join(action));
	}

	/**
	 * Tell whether no value will ever come.
	 * @return whether the cursor is closed, or it is finished or the ring is closed and
	 * everything before that was read
	 */
	public boolean isExhausted() {
		long sequence = this.next.get();
		return sequence >= this.end.get() || this.ring.isEnd(sequence);
	}

	/**
	 * Read no more than what has been published until now, and wake the threads that wait
	 * in it.
	 */
	public void finish() {
		endAt(this.ring.total());
	}

	/**
	 * End this reader and wake the threads that wait in it. What it has not read is lost
	 * to it.
	 */
	public void close() {
		endAt(CLOSED);
	}

	private void endAt(long sequence) {
		this.end.accumulateAndGet(sequence, Math::min);
		this.readers.wakeAll();
	}

	/**
	 * Return how far behind the newest entry this reader is.
	 * @return how many entries it has not read, those included that are overwritten
	 * already
	 */
	public long behind() {
		return Math.max(0, this.ring.total() - this.next.get());
	}

	private void skipFrom(long sequence) {
		long oldest = Math.min(this.ring.oldest(), Math.max(this.end.get(), sequence));
		if (this.next.compareAndSet(sequence, oldest) && oldest > sequence) {
			this.ring.missed(oldest - sequence);
			this.onLag.accept(oldest - sequence);
		}
	}

	/**
	 * A wait without a thread.
	 */
	public static final class Wait {

		private final WaitQueue readers;

		private final WaitQueue.Waiter waiter;

		private Wait(WaitQueue readers, WaitQueue.Waiter waiter) {
			this.readers = readers;
			this.waiter = waiter;
		}

		/**
		 * Tell whether the wait has ended.
		 * @return whether the action was run, or is about to be
		 */
		public boolean isOver() {
			return this.waiter.isWoken();
		}

		/**
		 * Wait no longer. The action may still be run by somebody who is about to.
		 */
		public void end() {
			this.readers.leave(this.waiter);
		}

	}

}
