package io.theus.outbox;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * Thrown when a commit that adds messages is refused because too many are waiting to be
 * delivered. Commits without messages are not affected.
 *
 * @since 0.1.0
 */
public final class OutboxFullException extends TheusException {

	private final int requested;

	private final long pending;

	private final long limit;

	OutboxFullException(int requested, long pending, long limit, @Nullable String relay) {
		super("outbox is full: requested=" + requested + ", pending=" + pending + ", limit=" + limit + ", relay="
				+ ((relay != null) ? relay : "none")
				+ ", see why messages are not delivered, or raise theus.outbox.max-pending");
		this.requested = requested;
		this.pending = pending;
		this.limit = limit;
	}

	/**
	 * Return how many messages the refused commit has.
	 * @return the number of messages
	 */
	public int requested() {
		return this.requested;
	}

	/**
	 * Return how many messages are waiting, those of commits under way included.
	 * @return the number of messages
	 */
	public long pending() {
		return this.pending;
	}

	/**
	 * Return how many may wait.
	 * @return the number of messages
	 */
	public long limit() {
		return this.limit;
	}

}
