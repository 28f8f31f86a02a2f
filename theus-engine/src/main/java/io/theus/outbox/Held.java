package io.theus.outbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message that the outbox knows: a link in the chain of its lane and in the chain of
 * all messages in commit order, unless it has left them. Guarded by the lock of the
 * {@link Backlog}.
 */
final class Held {

	final OutboxMessage message;

	/** Its place in commit order. */
	final long number;

	/** {@code null} while it is in none. */
	@Nullable Lane lane;

	MessageState state = MessageState.PENDING;

	/** How often sending it has failed. */
	int attempts;

	/** How many of these were its own fault, as far as the relay can tell. */
	int refusals;

	@Nullable String lastError;

	/**
	 * What the delivery under way failed with, until the rest of its lane is answered.
	 */
	@Nullable Throwable failure;

	/** When it is sent again if it has failed, on the clock of the delays. */
	long retryAt;

	@Nullable Instant ended;

	@Nullable String reason;

	@Nullable Held previousInLane;

	@Nullable Held nextInLane;

	@Nullable Held older;

	@Nullable Held newer;

	Held(OutboxMessage message, long number) {
		this.message = message;
		this.number = number;
	}

	/**
	 * Forget what became of it before.
	 */
	void renew() {
		this.state = MessageState.PENDING;
		this.attempts = 0;
		this.refusals = 0;
		this.lastError = null;
		this.ended = null;
	}

	/**
	 * Describe the message for whoever asks.
	 * @param now the time
	 * @param nanos the same time on the clock of the delays
	 * @return how it fares
	 */
	OutboxEntry entry(Instant now, long nanos) {
		Instant retry = (this.state == MessageState.FAILED) ? now.plusNanos(this.retryAt - nanos) : null;
		return new OutboxEntry(this.message, this.state, this.attempts, this.lastError, retry, this.ended, this.reason);
	}

}
