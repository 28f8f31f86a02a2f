package io.theus.outbox;

/**
 * Thrown when a message is larger than the outbox takes.
 *
 * @since 0.1.0
 */
public final class OversizedMessageException extends OutboxMessageException {

	private final long size;

	private final int limit;

	OversizedMessageException(String topic, long size, int limit) {
		super("message to '" + topic + "' is too large: size=" + size + ", limit=" + limit
				+ ", send less, send a reference to content kept elsewhere, or raise theus.outbox.max-message-size "
				+ "and the limit of the broker", topic);
		this.size = size;
		this.limit = limit;
	}

	/**
	 * Return the size of the message.
	 * @return the number of bytes of content, key and headers
	 */
	public long size() {
		return this.size;
	}

	/**
	 * Return what is allowed.
	 * @return the number of bytes
	 */
	public int limit() {
		return this.limit;
	}

}
