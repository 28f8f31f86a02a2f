package io.theus.outbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Holds messages from their commit until a relay has delivered them.
 *
 * <p>
 * Messages with one topic and key, or with one topic and no key, form a lane: first
 * deliveries in a lane keep the order of commits. A message that could not be sent is
 * sent again after a growing delay; other lanes go on meanwhile. Delivery is at least
 * once. A message that failed too often is {@link MessageState#DEAD}: it stays until
 * somebody replays or discards it. Nothing is dropped otherwise.
 *
 * <p>
 * Thread-safe. Operations that choose or list messages take time in proportion to the
 * backlog, during which nothing is sent; commits go on.
 *
 * @since 0.1.0
 */
public interface Outbox extends AutoCloseable {

	/**
	 * Start building an outbox that holds messages in memory.
	 * @return a builder with the default settings
	 */
	static OutboxBuilder builder() {
		return new OutboxBuilder();
	}

	/**
	 * Start delivering to a relay. Until then messages stay {@link MessageState#PENDING}.
	 * The relay is not closed with the outbox.
	 * @param relay the relay
	 * @throws IllegalStateException if there is a relay already, or the outbox is closed
	 */
	void start(OutboxRelay relay);

	/**
	 * Say how the outbox fares.
	 * @return the counts of this moment
	 */
	OutboxStatus status();

	/**
	 * List messages, in commit order; those that were sent or discarded in the order in
	 * which they were.
	 * @param filter which messages
	 * @param offset how many of these to leave out
	 * @param limit how many to list at most
	 * @return the messages
	 */
	List<OutboxEntry> messages(MessageFilter filter, int offset, int limit);

	/**
	 * Count messages.
	 * @param filter which messages
	 * @return how many there are
	 */
	long count(MessageFilter filter);

	/**
	 * Look up a message.
	 * @param id its id
	 * @return the message, empty if it is neither held nor kept
	 */
	Optional<OutboxEntry> message(String id);

	/**
	 * Send a message as if it was new: one that is dead, has failed, or was sent and is
	 * still kept. It has the same id as before, so that consumers which know it already
	 * leave it alone. It goes before messages of its lane that wait, unless one of them
	 * has failed.
	 * @param id its id
	 * @throws MessageNotFoundException if there is no such message
	 * @throws MessageStateException if it is on its way already, or was discarded
	 * @throws OutboxFullException if it was sent and there is no room for it
	 */
	void replay(String id);

	/**
	 * Send messages as if they were new, in commit order: those that are dead or have
	 * failed. Messages that were sent are replayed only if the filter names that state.
	 * @param filter which messages
	 * @return how many there were
	 * @throws OutboxFullException if there is no room for all that were sent, upon which
	 * none is replayed
	 */
	int replay(MessageFilter filter);

	/**
	 * Take out a message for good. The log tells, and the last ones are kept to look at.
	 * @param id its id
	 * @param reason why, a text that is not blank
	 * @throws IllegalArgumentException if the reason is blank
	 * @throws MessageNotFoundException if there is no such message
	 * @throws MessageStateException if the relay has it, or it is not held any more
	 */
	void discard(String id, String reason);

	/**
	 * Take out messages for good, except those that the relay has.
	 * @param filter which messages
	 * @param reason why, a text that is not blank
	 * @return how many there were
	 * @throws IllegalArgumentException if the reason is blank
	 */
	int discard(MessageFilter filter, String reason);

	/**
	 * Stop delivering after what is under way. Commits go on, up to the limit of
	 * messages.
	 * @return {@code false} if delivery was paused already
	 */
	boolean pause();

	/**
	 * Go on delivering after a pause.
	 * @return {@code false} if delivery was not paused
	 */
	boolean resume();

	/**
	 * Deliver what there is: messages that wait for a retry are sent at once. Returns
	 * when nothing is left but what cannot be delivered because it is dead, or waits
	 * behind a dead message. Returns early if there is no relay, or when the thread is
	 * interrupted, which stays set. While delivery is paused this waits for what is under
	 * way. Relays must not call this method.
	 * @param timeout how long to wait at most
	 * @return how many messages are left
	 */
	long drain(Duration timeout);

	/**
	 * Close with the drain timeout of the settings, see {@link #close(Duration)}.
	 */
	@Override
	void close();

	/**
	 * Refuse further commits with messages, {@linkplain #drain drain}, then stop. What is
	 * left is reported in the log. A message that the relay has not answered yet counts
	 * as left although it may arrive. Closing twice has no effect.
	 * @param timeout how long to wait for deliveries at most
	 * @return how many messages are left
	 */
	long close(Duration timeout);

}
