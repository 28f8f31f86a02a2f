package io.theus.outbox;

import io.theus.error.TheusException;

/**
 * Thrown when the outbox does not know a message.
 *
 * @since 0.1.0
 */
public final class MessageNotFoundException extends TheusException {

	private final String id;

	MessageNotFoundException(String id) {
		super("message '" + id
				+ "' not found: of those that were sent or discarded only the last ones are kept, list what there is");
		this.id = id;
	}

	/**
	 * Return which message was looked for.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

}
