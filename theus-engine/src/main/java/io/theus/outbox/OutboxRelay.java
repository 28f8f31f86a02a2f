package io.theus.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Carries messages from the outbox to their destination, such as a broker.
 *
 * <p>
 * Delivery is at least once: a message whose confirmation got lost comes twice, with the
 * same id. Messages with one topic and key, or with one topic and no key, are a lane, in
 * which first deliveries keep the order of commits. Usually that is the outbox's job: it
 * sends a message of a lane only when the one before it has been confirmed, and sends it
 * again when the relay reports failure. A relay that {@linkplain #keepsOrder() keeps
 * order} by itself is given many messages of a lane at once.
 *
 * @since 0.1.0
 */
public interface OutboxRelay {

	/**
	 * Return a name for logs and health.
	 * @return the name, for example {@code kafka}
	 */
	String name();

	/**
	 * Say whether a batch may have more than one message of a lane. A relay that says so
	 * makes two promises for the messages of a lane in one batch, in the order of the
	 * batch:
	 * <ul>
	 * <li>none arrives unless those before it have arrived, neither now nor later,
	 * whatever is answered: what arrives of a batch is a beginning of each lane;</li>
	 * <li>when one fails, those behind it fail as well, whether they were tried or
	 * not.</li>
	 * </ul>
	 * The outbox does the rest: the next batch with messages of a lane comes when those
	 * of the last one have all been answered, and it begins with the one that failed,
	 * alone. Nothing is asked for messages of different lanes, nor for those of different
	 * batches.
	 * @return whether the relay keeps the order of a lane within a batch
	 */
	default boolean keepsOrder() {
		return false;
	}

	/**
	 * Start sending a message. This method is called by one thread at a time; the stages
	 * it returned may complete meanwhile, on any thread, so the relay must be
	 * thread-safe. It should not block: messages of other lanes wait while it does
	 * (commits do not).
	 * @param message the message
	 * @return completes when the destination has the message for good, or with the reason
	 * why it has not, upon which the message is sent again later; it should complete in
	 * the end, because messages of the same lane wait for it. A message that fails too
	 * often is dead, except that failures with a {@link RelayUnavailableException}, an
	 * {@link java.io.IOException} or a {@link java.util.concurrent.TimeoutException} do
	 * not count. What it failed with is logged, so it must not quote the message
	 * @throws Exception to report at once that sending failed
	 */
	CompletionStage<?> send(OutboxMessage message) throws Exception;

	/**
	 * Start sending messages, by what {@link #send} says. Unless the relay
	 * {@linkplain #keepsOrder() keeps order}, they are all of different lanes. Relays
	 * that gain nothing from batches leave this method as it is.
	 * @param batch the messages, at least one, those of a lane in their order
	 * @return an answer to each message, in the order of the batch
	 * @throws Exception to report at once that sending failed, for all of them
	 */
	default List<CompletionStage<?>> sendAll(List<OutboxMessage> batch) throws Exception {
		List<CompletionStage<?>> answers = new ArrayList<>(batch.size());
		for (OutboxMessage message : batch) {
			answers.add(sendOne(message));
		}
		return answers;
	}

	private CompletionStage<?> sendOne(OutboxMessage message) {
		try {
			CompletionStage<?> answer = send(message);
			if (answer != null) {
				return answer;
			}
			throw new IllegalStateException("relay '" + name() + "' returned null for " + message);
		}
		catch (Throwable ex) {
			// Also errors: a class that is missing must not keep the rest from being sent
			return CompletableFuture.failedFuture(ex);
		}
	}

}
