package io.theus.spring.outbox;

import io.theus.error.TheusException;

/**
 * Thrown when a destination has answered that it does not take a message.
 *
 * @since 0.1.0
 */
public final class RejectedMessageException extends TheusException {

	private final int status;

	RejectedMessageException(String message, int status) {
		super(message);
		this.status = status;
	}

	/**
	 * Return what the destination has answered.
	 * @return the status of HTTP
	 */
	public int status() {
		return this.status;
	}

}
