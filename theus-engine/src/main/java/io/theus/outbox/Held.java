package io.theus.outbox;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message in the table of {@link Lanes}: a link in the chain of its lane and in the
 * chain of all messages in commit order.
 */
final class Held {

	final OutboxMessage message;

	final Lane lane;

	@Nullable Held nextInLane;

	@Nullable Held older;

	@Nullable Held newer;

	Held(OutboxMessage message, Lane lane) {
		this.message = message;
		this.lane = lane;
	}

	/**
	 * Describe the message for whoever asks.
	 * @param now the time
	 * @param nanos the same time on the clock of the delays
	 * @return how it fares
	 */
	OutboxEntry entry(Instant now, long nanos) {
		if (this.lane.head != this) {
			return OutboxEntry.pending(this.message);
		}
		MessageState state = this.lane.headState;
		Instant retry = (state == MessageState.FAILED) ? now.plusNanos(this.lane.retryAt - nanos) : null;
		return new OutboxEntry(this.message, state, this.lane.failures, this.lane.lastError, retry);
	}

}
