package io.theus.outbox;

/**
 * Thrown when a topic or header of a message is malformed.
 *
 * @since 0.1.0
 */
public final class InvalidMessageException extends OutboxMessageException {

	InvalidMessageException(String message, String topic) {
		super(message, topic);
	}

}
