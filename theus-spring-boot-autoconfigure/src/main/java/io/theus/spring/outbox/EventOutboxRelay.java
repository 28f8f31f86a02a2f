package io.theus.spring.outbox;

import java.util.concurrent.CompletionStage;

import org.springframework.context.ApplicationEventPublisher;

import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;

/**
 * Publishes each message as an {@link OutboxMessageEvent} to the listeners of the
 * application. A message is delivered when all of them have returned; when one throws,
 * all of them hear of the message again later.
 *
 * <p>
 * Safe for use by several threads. Listeners are called on threads of this relay, for
 * messages of one topic and key one after the other.
 *
 * @since 0.1.0
 */
public final class EventOutboxRelay implements OutboxRelay, AutoCloseable {

	private static final int THREADS = 4;

	private final ApplicationEventPublisher events;

	private final RelayThreads threads = new RelayThreads("theus-events", THREADS);

	/**
	 * Create a relay.
	 * @param events publishes to the listeners
	 */
	public EventOutboxRelay(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Override
	public String name() {
		return "events";
	}

	@Override
	public CompletionStage<?> send(OutboxMessage message) {
		return this.threads.run(() -> {
			this.events.publishEvent(new OutboxMessageEvent(message));
			return message;
		});
	}

	/**
	 * End the threads.
	 */
	@Override
	public void close() {
		this.threads.stop();
	}

}
