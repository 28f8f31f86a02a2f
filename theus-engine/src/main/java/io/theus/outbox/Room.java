package io.theus.outbox;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of the outbox is taken.
 */
final class Room {

	/*
	 * State. 'taken' counts messages reserved and held, and is what the limit applies to;
	 * 'reserved' and 'held' are its parts.
	 *
	 * Who may write. Any thread. The CAS in reserve pairs with itself and with what
	 * lowers 'taken': two commits cannot both get the last room. The parts are raised
	 * after 'taken' and lowered before it, so at any moment reserved + held <= taken <=
	 * limit. Counters are never compared with each other, because they cannot be read at
	 * once.
	 */

	private final long limit;

	private final AtomicLong taken = new AtomicLong();

	private final AtomicLong reserved = new AtomicLong();

	private final AtomicLong held = new AtomicLong();

	Room(long limit) {
		this.limit = limit;
	}

	/**
	 * Take room for messages of a commit.
	 * @param count how many
	 * @return whether there was room; if not, nothing has changed
	 */
	boolean reserve(int count) {
		long before;
		do {
			before = this.taken.get();
			if (before + count > this.limit) {
				return false;
			}
		}
		while (!this.taken.compareAndSet(before, before + count));
		this.reserved.addAndGet(count);
		return true;
	}

	/**
	 * Give back room that was reserved.
	 * @param count how many messages there was room for
	 * @throws IllegalStateException if less room is reserved
	 */
	void release(int count) {
		useReserved(count);
		this.taken.addAndGet(-count);
	}

	/**
	 * Fill room that was reserved.
	 * @param count with how many messages
	 * @throws IllegalStateException if less room is reserved
	 */
	void fill(int count) {
		useReserved(count);
		this.held.addAndGet(count);
	}

	private void useReserved(int count) {
		long left = this.reserved.addAndGet(-count);
		if (left < 0) {
			this.reserved.addAndGet(count);
			throw new IllegalStateException("messages have no room reserved: count=" + count + ", reserved="
					+ (left + count) + ", call reserve before the commit");
		}
	}

	/**
	 * Give back the room of a message that was delivered or discarded.
	 */
	void free() {
		this.held.decrementAndGet();
		this.taken.decrementAndGet();
	}

	long held() {
		return this.held.get();
	}

	long reserved() {
		return this.reserved.get();
	}

	long taken() {
		return this.taken.get();
	}

	long limit() {
		return this.limit;
	}

}
