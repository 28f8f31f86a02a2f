package io.theus.outbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message that the outbox holds, and how it fares.
 *
 * @param message the message
 * @param state where it is
 * @param attempts how often sending it has failed
 * @param lastError what the last attempt failed with, {@code null} if none has failed
 * @param nextAttempt when a {@link MessageState#FAILED failed} message is sent again,
 * {@code null} in other states
 * @since 0.1.0
 */
public record OutboxEntry(OutboxMessage message, MessageState state, int attempts, @Nullable String lastError,
		@Nullable Instant nextAttempt) {

	static OutboxEntry pending(OutboxMessage message) {
		return new OutboxEntry(message, MessageState.PENDING, 0, null, null);
	}

}
