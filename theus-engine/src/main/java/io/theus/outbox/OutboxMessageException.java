package io.theus.outbox;

import io.theus.error.TheusException;

/**
 * Thrown when a process sends a message that the outbox cannot take.
 *
 * @since 0.1.0
 */
public abstract sealed class OutboxMessageException extends TheusException permits InvalidMessageException,
		OversizedMessageException, TooManyMessagesException, UnencodablePayloadException {

	private final String topic;

	OutboxMessageException(String message, String topic) {
		super(message);
		this.topic = topic;
	}

	OutboxMessageException(String message, String topic, Throwable cause) {
		super(message, cause);
		this.topic = topic;
	}

	/**
	 * Return where the message was to go.
	 * @return the name of the topic as it was given
	 */
	public String topic() {
		return this.topic;
	}

}
