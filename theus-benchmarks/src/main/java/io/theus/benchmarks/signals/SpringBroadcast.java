package io.theus.benchmarks.signals;

import java.util.List;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Events of a Spring application context, which calls listeners on the thread of the
 * publisher.
 */
final class SpringBroadcast implements Broadcast {

	private final GenericApplicationContext context = new GenericApplicationContext();

	SpringBroadcast(List<Receiver> receivers) {
		receivers.forEach((receiver) -> this.context.addApplicationListener(new Listener(receiver)));
		this.context.refresh();
	}

	@Override
	public void publish(Integer message) {
		this.context.publishEvent(new Progress(this, message));
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Hears of progress.
	 *
	 * @param receiver takes the messages
	 */
	private record Listener(Receiver receiver) implements ApplicationListener<Progress> {

		@Override
		public void onApplicationEvent(Progress event) {
			this.receiver.receive(event.message);
		}

	}

	/**
	 * A message as an event.
	 */
	private static final class Progress extends ApplicationEvent {

		private static final long serialVersionUID = 1L;

		private final Integer message;

		private Progress(Object source, Integer message) {
			super(source);
			this.message = message;
		}

	}

}
