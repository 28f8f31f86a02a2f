package io.theus.conflict;

import java.time.Duration;

import io.theus.error.TheusException;
import io.theus.store.CommitOrigin;

/**
 * An execution did not commit within its time limit. Nothing of it remains.
 *
 * @since 0.1.0
 */
public class TransactionTimeoutException extends TheusException {

	private final CommitOrigin origin;

	private final Duration limit;

	/**
	 * Create the exception.
	 * @param origin whose time is over
	 * @param limit the limit over all attempts and waits
	 */
	public TransactionTimeoutException(CommitOrigin origin, Duration limit) {
		super("%s timed out: limit=%dms, make it shorter or raise its timeout".formatted(origin, limit.toMillis()));
		this.origin = origin;
		this.limit = limit;
	}

	/**
	 * Return whose time is over.
	 * @return the origin
	 */
	public CommitOrigin origin() {
		return this.origin;
	}

	/**
	 * Return the limit.
	 * @return the limit over all attempts and waits
	 */
	public Duration limit() {
		return this.limit;
	}

}
