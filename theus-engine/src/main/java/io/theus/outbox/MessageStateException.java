package io.theus.outbox;

import io.theus.error.TheusException;

/**
 * Thrown when a message is in a state in which it cannot be replayed or discarded.
 *
 * @since 0.1.0
 */
public final class MessageStateException extends TheusException {

	private final String id;

	private final MessageState state;

	private MessageStateException(String id, String refused, MessageState state, String remedy) {
		super("message '" + id + "' cannot be " + refused + ": state=" + state + ", " + remedy);
		this.id = id;
		this.state = state;
	}

	static MessageStateException replayed(Held held) {
		return new MessageStateException(held.message.id(), "replayed", held.state,
				(held.state == MessageState.DISCARDED) ? "discarding is final" : "it is on its way already");
	}

	static MessageStateException discarded(Held held) {
		return new MessageStateException(held.message.id(), "discarded", held.state,
				(held.state == MessageState.SENDING) ? "wait for the answer of the relay"
						: "it is not in the outbox any more");
	}

	/**
	 * Return which message it is about.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the state of the message.
	 * @return the state in which it was found
	 */
	public MessageState state() {
		return this.state;
	}

}
