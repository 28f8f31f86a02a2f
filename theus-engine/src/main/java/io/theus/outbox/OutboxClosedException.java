package io.theus.outbox;

import io.theus.error.TheusException;

/**
 * Thrown when a commit that adds messages is refused because the outbox is closing or
 * closed.
 *
 * @since 0.1.0
 */
public final class OutboxClosedException extends TheusException {

	private final int requested;

	OutboxClosedException(int requested) {
		super("outbox is closed: requested=" + requested + ", do not send messages while the application shuts down");
		this.requested = requested;
	}

	/**
	 * Return how many messages the refused commit has.
	 * @return the number of messages
	 */
	public int requested() {
		return this.requested;
	}

}
