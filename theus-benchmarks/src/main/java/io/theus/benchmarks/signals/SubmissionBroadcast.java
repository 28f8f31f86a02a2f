package io.theus.benchmarks.signals;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/**
 * The publisher of the JDK, with a thread for each subscriber.
 */
final class SubmissionBroadcast implements Broadcast {

	private final ExecutorService threads;

	private final SubmissionPublisher<Integer> publisher;

	SubmissionBroadcast(List<Receiver> receivers) {
		this.threads = Executors.newFixedThreadPool(receivers.size());
		this.publisher = new SubmissionPublisher<>(this.threads, ROOM);
		receivers.forEach((receiver) -> this.publisher.subscribe(new Receiving(receiver)));
	}

	@Override
	public void publish(Integer message) {
		this.publisher.submit(message);
	}

	@Override
	public void close() {
		this.publisher.close();
		this.threads.shutdown();
	}

	/**
	 * Demands everything at once.
	 *
	 * @param receiver takes the messages
	 */
	private record Receiving(Receiver receiver) implements Flow.Subscriber<Integer> {

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(Integer message) {
			this.receiver.receive(message);
		}

		// Seen by the receiver, which misses the rest
		@Override
		public void onError(Throwable cause) {
		}

		@Override
		public void onComplete() {
		}

	}

}
