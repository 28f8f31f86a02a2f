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
	 * retained number pairs with both, so a lag is reported once, to one of them.
	 *
	 * Ordering. 'next' only grows. The number missed is exact at the moment of the
	 * report: all entries between are overwritten and none of them was read through this
	 * cursor.
	 *
	 * Limits. Where publishers are faster than the reader for good, the oldest entry may
	 * be overwritten again before it is read, and each such loss is reported.
	 */

	private final BroadcastRing<T> ring;

	private final WaitQueue readers;

	private final LongConsumer onLag;

	private final AtomicLong next;

	private volatile boolean closed;

	Cursor(BroadcastRing<T> ring, WaitQueue readers, long start, LongConsumer onLag) {
		this.ring = ring;
		this.readers = readers;
		this.next = new AtomicLong(start);
		this.onLag = onLag;
	}

	/**
	 * Return the next value without waiting for it.
	 * @return the value, or {@code null} if there is none now
	 */
	public @Nullable T poll() {
		while (!this.closed) {
			long sequence = this.next.get();
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
		return await(System.nanoTime() + timeoutNanos);
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
	 * Tell whether no value will ever come.
	 * @return whether the cursor is closed, or the ring is closed and everything in it
	 * was read
	 */
	public boolean isExhausted() {
		return this.closed || this.ring.isEnd(this.next.get());
	}

	/**
	 * End this reader and wake the threads that wait in it. What it has not read is lost
	 * to it.
	 */
	public void close() {
		this.closed = true;
		this.readers.wakeAll();
	}

	private void skipFrom(long sequence) {
		long oldest = this.ring.oldest();
		if (this.next.compareAndSet(sequence, oldest)) {
			this.onLag.accept(oldest - sequence);
		}
	}

}
