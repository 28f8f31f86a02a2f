package io.theus.outbox;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How the outbox fares.
 *
 * @param phase whether messages are delivered at all
 * @param paused whether somebody has paused delivery
 * @param relay the name of the relay, {@code null} if there is none
 * @param pending how many messages are {@link MessageState#PENDING}
 * @param sending how many are {@link MessageState#SENDING}
 * @param failed how many are {@link MessageState#FAILED}
 * @param dead how many are {@link MessageState#DEAD}
 * @param blocked how many of those that are pending wait behind a dead one, because order
 * is strict
 * @param sent how many were delivered since the start
 * @param failedAttempts how many attempts failed since the start
 * @param discarded how many messages were discarded since the start
 * @param oldestAge how long ago the oldest message that is held was committed,
 * {@code null} if none is held
 * @param lastError what the latest failed attempt failed with, {@code null} if none has
 * @param maxPending how many messages the outbox holds at most, dead ones included
 * @since 0.1.0
 */
public record OutboxStatus(Phase phase, boolean paused, @Nullable String relay, long pending, long sending, long failed,
		long dead, long blocked, long sent, long failedAttempts, long discarded, @Nullable Duration oldestAge,
		@Nullable String lastError, long maxPending) {

	/**
	 * Return how many messages the outbox holds.
	 * @return the number of messages that are neither delivered nor discarded
	 */
	public long held() {
		return this.pending + this.sending + this.failed + this.dead;
	}

	/**
	 * Return the same with another text instead of that of the last error, for those who
	 * may not see it.
	 * @param text the text
	 * @return the status
	 */
	public OutboxStatus withLastError(@Nullable String text) {
		return new OutboxStatus(this.phase, this.paused, this.relay, this.pending, this.sending, this.failed, this.dead,
				this.blocked, this.sent, this.failedAttempts, this.discarded, this.oldestAge, text, this.maxPending);
	}

	/**
	 * Whether messages are delivered.
	 */
	public enum Phase {

		/**
		 * No relay was started: messages are accepted and stay
		 * {@link MessageState#PENDING}.
		 */
		NO_RELAY,

		/**
		 * Messages are accepted and delivered, unless delivery is paused.
		 */
		RUNNING,

		/**
		 * No more messages are accepted; what is held is being delivered.
		 */
		CLOSING,

		/**
		 * Messages are neither accepted nor delivered.
		 */
		CLOSED

	}

}
