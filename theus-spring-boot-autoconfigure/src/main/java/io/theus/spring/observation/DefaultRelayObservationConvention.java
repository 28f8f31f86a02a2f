package io.theus.spring.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Observes batches of messages as {@code theus.outbox.relay}, by relay and outcome, with
 * the number of messages for traces.
 *
 * @since 0.1.0
 */
public final class DefaultRelayObservationConvention implements RelayObservationConvention {

	@Override
	public String getName() {
		return "theus.outbox.relay";
	}

	@Override
	public String getContextualName(RelayObservationContext context) {
		return "relay " + context.getRelay();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(RelayObservationContext context) {
		return KeyValues.of(KeyValue.of("relay", context.getRelay()), OutcomeKey.of(context));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(RelayObservationContext context) {
		return KeyValues.of("theus.messages", Integer.toString(context.getMessages()));
	}

}
