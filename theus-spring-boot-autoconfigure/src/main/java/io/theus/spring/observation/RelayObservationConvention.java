package io.theus.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Says under which name and with which key values batches of messages are observed. A
 * bean of this type takes the place of {@link DefaultRelayObservationConvention}.
 *
 * @since 0.1.0
 */
public interface RelayObservationConvention extends ObservationConvention<RelayObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof RelayObservationContext;
	}

}
