package io.theus.benchmarks.signals;

import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * One subscriber: checks that the messages from 0 on come in order, each once.
 */
// Called by one thread at a time. What it counts is read by the publisher after the
// latch.
final class Receiver {

	private int next;

	private @Nullable String failure;

	private volatile CountDownLatch all = new CountDownLatch(0);

	/**
	 * Expect all messages from the first one on.
	 * @param latch counted down when the last one has come
	 */
	void expect(CountDownLatch latch) {
		this.next = 0;
		this.all = latch;
	}

	void receive(@Nullable Object message) {
		if (!(message instanceof Integer number) || number != this.next) {
			this.failure = "expected=%d, received=%s".formatted(this.next, message);
		}
		if (++this.next == Broadcast.MESSAGES) {
			this.all.countDown();
		}
	}

	/**
	 * Check what has come.
	 * @throws IllegalStateException if that is not each message once, in order
	 */
	void check() {
		if (this.failure != null || this.next != Broadcast.MESSAGES) {
			throw new IllegalStateException("messages were lost, repeated or reordered: %s, received=%d of %d, "
				.formatted(this.failure, this.next, Broadcast.MESSAGES) + "do not count this measurement");
		}
	}

}
