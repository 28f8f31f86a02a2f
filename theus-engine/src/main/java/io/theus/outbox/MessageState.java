package io.theus.outbox;

/**
 * Where a message is between its commit and its destination.
 *
 * @since 0.1.0
 */
public enum MessageState {

	/**
	 * Waits for its turn: for a relay, for messages before it with the same topic and
	 * key, or because enough others are being sent.
	 */
	PENDING,

	/**
	 * Was handed to the relay, which has not answered yet.
	 */
	SENDING,

	/**
	 * Was confirmed by the relay. The last ones are kept, to look at and to be sent
	 * again.
	 */
	SENT,

	/**
	 * Could not be sent and waits for its retry. Messages behind it with the same topic
	 * and key are {@link #PENDING}.
	 */
	FAILED,

	/**
	 * Could not be sent so often that it is not tried any more. It is held until somebody
	 * replays or discards it; messages behind it go on unless the order is strict.
	 */
	DEAD,

	/**
	 * Was taken out by somebody, for a reason. The last ones are kept to look at.
	 */
	DISCARDED

}
