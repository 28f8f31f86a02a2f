package io.theus.outbox;

import java.util.concurrent.CompletionStage;

/**
 * Carries messages from the outbox to their destination, such as a broker.
 *
 * <p>
 * Order is the outbox's job: it sends a message only when the one before it with the same
 * topic and key has been confirmed, and it sends a message again when a relay reports
 * failure. Delivery is at least once: a message whose confirmation got lost comes twice,
 * with the same id.
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
	 * Start sending a message. This method is called by one thread at a time; the stages
	 * it returned may complete meanwhile, on any thread, so the relay must be
	 * thread-safe. It should not block: messages of other keys wait while it does
	 * (commits do not).
	 * @param message the message
	 * @return completes when the destination has the message for good, or with the reason
	 * why it has not, upon which the message is sent again later; it must complete in the
	 * end, because messages of the same key wait for it
	 * @throws Exception to report at once that sending failed
	 */
	CompletionStage<?> send(OutboxMessage message) throws Exception;

}
