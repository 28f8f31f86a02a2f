package io.theus.benchmarks.signals;

import java.util.List;

import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;

/**
 * An event bus of Guava, which calls subscribers on the thread of the publisher.
 */
final class GuavaBroadcast implements Broadcast {

	private final EventBus bus = new EventBus();

	GuavaBroadcast(List<Receiver> receivers) {
		receivers.forEach((receiver) -> this.bus.register(new Subscriber(receiver)));
	}

	@Override
	public void publish(Integer message) {
		this.bus.post(message);
	}

	@Override
	public void close() {
		// Holds neither threads nor anything outside of the heap
	}

	/**
	 * Hears of numbers.
	 */
	public static final class Subscriber {

		private final Receiver receiver;

		private Subscriber(Receiver receiver) {
			this.receiver = receiver;
		}

		/**
		 * Take a message.
		 * @param message the message
		 */
		@Subscribe
		public void receive(Integer message) {
			this.receiver.receive(message);
		}

	}

}
