package io.theus.outbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message that the outbox knows, and how it fares.
 *
 * @param message the message
 * @param state where it is
 * @param attempts how often sending it has failed, since it was replayed if it was
 * @param lastError what the last attempt failed with, {@code null} if none has failed
 * @param nextAttempt when a {@link MessageState#FAILED failed} message is sent again,
 * {@code null} in other states
 * @param ended when it was sent or discarded, {@code null} if it is held
 * @param reason why it was discarded, {@code null} if it was not
 * @since 0.1.0
 */
public record OutboxEntry(OutboxMessage message, MessageState state, int attempts, @Nullable String lastError,
		@Nullable Instant nextAttempt, @Nullable Instant ended, @Nullable String reason) {

}
