package io.theus.spring.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.theus.spring.Inbox;

/**
 * Counts the messages that were processed, and those that came again.
 *
 * @since 0.1.0
 */
public final class InboxMetrics implements MeterBinder {

	private final Inbox inbox;

	/**
	 * Create metrics.
	 * @param inbox the inbox
	 */
	public InboxMetrics(Inbox inbox) {
		this.inbox = inbox;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		FunctionCounter.builder("theus.inbox.processed", this.inbox, Inbox::processed)
			.description("Messages that were processed")
			.register(registry);
		FunctionCounter.builder("theus.inbox.repeated", this.inbox, Inbox::repeated)
			.description("Messages that were recognised because they had been processed before")
			.register(registry);
	}

}
