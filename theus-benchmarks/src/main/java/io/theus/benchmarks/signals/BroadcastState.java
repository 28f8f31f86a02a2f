package io.theus.benchmarks.signals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A candidate, its receivers, and the check of what they got.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class BroadcastState {

	private static final long LIMIT_SECONDS = 30;

	@Param
	BroadcastType broadcastType;

	@Param({ "1", "8" })
	int subscribers;

	private final Integer[] messages = new Integer[Broadcast.MESSAGES];

	private final List<Receiver> receivers = new ArrayList<>();

	private Broadcast broadcast;

	/**
	 * Create the candidate.
	 */
	@Setup
	public void open() {
		for (int i = 0; i < this.messages.length; i++) {
			this.messages[i] = i;
		}
		for (int i = 0; i < this.subscribers; i++) {
			this.receivers.add(new Receiver());
		}
		this.broadcast = this.broadcastType.open(this.receivers);
	}

	/**
	 * Release the candidate.
	 */
	@TearDown
	public void close() {
		this.broadcast.close();
	}

	/**
	 * Publish all messages and wait until everybody has got them.
	 * @return how many were published
	 * @throws InterruptedException if the thread was interrupted while it waited
	 * @throws IllegalStateException if a message was lost, repeated or reordered
	 */
	int run() throws InterruptedException {
		CountDownLatch all = new CountDownLatch(this.subscribers);
		this.receivers.forEach((receiver) -> receiver.expect(all));
		for (Integer message : this.messages) {
			this.broadcast.publish(message);
		}
		if (!all.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
			throw new IllegalStateException("messages have not come in time: subscribers=%d, missing=%d, "
				.formatted(this.subscribers, all.getCount()) + "do not count this measurement");
		}
		this.receivers.forEach(Receiver::check);
		return this.messages.length;
	}

}
