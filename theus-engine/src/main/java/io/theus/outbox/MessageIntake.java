package io.theus.outbox;

import java.util.List;

/**
 * The side of an outbox on which commits bring their messages. Only the commit point has
 * business with it. Thread-safe.
 *
 * @since 0.1.0
 */
public interface MessageIntake {

	/**
	 * Take room for messages of a commit that is about to be made. Each reservation ends
	 * in {@link #append} or {@link #release}.
	 * @param count how many messages the commit has
	 * @throws OutboxFullException if too many messages are held
	 * @throws OutboxClosedException if the outbox is closing or closed
	 */
	void reserve(int count);

	/**
	 * Give back room because the commit was refused.
	 * @param count how many messages the commit would have had
	 * @throws IllegalStateException if less room is reserved
	 */
	void release(int count);

	/**
	 * Take over the messages of a commit that was made and has reserved room for them.
	 * Calls must come in commit order and must not overlap. Takes constant time and never
	 * waits for a relay.
	 * @param messages the messages, in the order in which they were sent, each with its
	 * commit
	 * @throws IllegalStateException if less room is reserved, or a message has no commit
	 */
	void append(List<OutboxMessage> messages);

}
