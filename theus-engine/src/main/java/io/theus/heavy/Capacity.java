package io.theus.heavy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that an engine and its forks use: those of memory that has a name, and
 * those of memory that has none any more and is still mapped.
 */
final class Capacity {

	private final long limit;

	private final AtomicLong used = new AtomicLong();

	Capacity(long limit) {
		this.limit = limit;
	}

	boolean tryReserve(long bytes) {
		long now = this.used.get();
		while (bytes <= this.limit - now) {
			if (this.used.compareAndSet(now, now + bytes)) {
				return true;
			}
			now = this.used.get();
		}
		return false;
	}

	void release(long bytes) {
		this.used.addAndGet(-bytes);
	}

	long used() {
		return this.used.get();
	}

	long limit() {
		return this.limit;
	}

	/**
	 * What one segment uses, until it has neither name nor mapping.
	 */
	static final class Share {

		private final Capacity capacity;

		private final long bytes;

		private final AtomicInteger left = new AtomicInteger(2);

		Share(Capacity capacity, long bytes) {
			this.capacity = capacity;
			this.bytes = bytes;
		}

		// Once for the name, once for the mapping
		void lose() {
			if (this.left.decrementAndGet() == 0) {
				this.capacity.release(this.bytes);
			}
		}

	}

}
