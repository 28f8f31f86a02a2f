package io.theus.spring.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * A batch of messages on its way through a relay, as it is observed. It is a part of no
 * other trace: each of its messages continues one of its own, by its headers.
 *
 * @since 0.1.0
 */
public final class RelayObservationContext extends Observation.Context implements OutcomeContext {

	private final String relay;

	private final int messages;

	private volatile @Nullable String outcome;

	/**
	 * Create a context.
	 * @param relay the name of the relay
	 * @param messages how many messages there are
	 */
	public RelayObservationContext(String relay, int messages) {
		this.relay = relay;
		this.messages = messages;
	}

	/**
	 * Return what delivers the messages.
	 * @return the name of the relay
	 */
	public String getRelay() {
		return this.relay;
	}

	/**
	 * Return how large the batch is.
	 * @return how many messages it has, at least one
	 */
	public int getMessages() {
		return this.messages;
	}

	/**
	 * Return what became of the batch.
	 * @return {@code SENT} if all messages have arrived, {@code FAILED} if none has,
	 * {@code PARTIAL} otherwise; {@code null} while some are not answered
	 */
	@Override
	public @Nullable String getOutcome() {
		return this.outcome;
	}

	@Override
	public void setOutcome(String newOutcome) {
		this.outcome = newOutcome;
	}

}
