package io.theus.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Says under which name and with which key values executions are observed. A bean of this
 * type takes the place of {@link DefaultProcessObservationConvention}.
 *
 * @since 0.1.0
 */
public interface ProcessObservationConvention extends ObservationConvention<ProcessObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ProcessObservationContext;
	}

}
