package io.theus.outbox;

/**
 * Thrown when one commit sends more messages than the outbox takes at once.
 *
 * @since 0.1.0
 */
public final class TooManyMessagesException extends OutboxMessageException {

	private final int count;

	private final int limit;

	TooManyMessagesException(String topic, int count, int limit) {
		super("message to '" + topic + "' is one too many for its commit: count=" + count + ", limit=" + limit
				+ ", send fewer in one commit or raise theus.outbox.max-messages-per-commit", topic);
		this.count = count;
		this.limit = limit;
	}

	/**
	 * Return how many messages the commit would have.
	 * @return the number of messages, the refused one included
	 */
	public int count() {
		return this.count;
	}

	/**
	 * Return what is allowed.
	 * @return the number of messages
	 */
	public int limit() {
		return this.limit;
	}

}
