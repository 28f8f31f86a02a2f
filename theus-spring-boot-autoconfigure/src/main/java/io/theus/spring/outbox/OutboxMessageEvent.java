package io.theus.spring.outbox;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.theus.outbox.OutboxMessage;

/**
 * Tells listeners of the application that a message was committed, once or, when one of
 * them failed, again. A condition such as {@code #event.topic == 'orders'} chooses a
 * topic.
 *
 * @param message the message
 * @since 0.1.0
 */
public record OutboxMessageEvent(OutboxMessage message) {

	/**
	 * Return where the message goes.
	 * @return the topic
	 */
	public String getTopic() {
		return this.message.topic();
	}

	/**
	 * Return the content as text.
	 * @return the content, read as UTF-8, {@code null} if the message has none
	 */
	public @Nullable String getText() {
		byte @Nullable [] body = this.message.body();
		return (body != null) ? new String(body, StandardCharsets.UTF_8) : null;
	}

}
