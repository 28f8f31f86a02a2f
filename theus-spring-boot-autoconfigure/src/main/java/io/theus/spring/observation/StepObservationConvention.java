package io.theus.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Says under which name and with which key values visits to steps are observed. A bean of
 * this type takes the place of {@link DefaultStepObservationConvention}.
 *
 * @since 0.1.0
 */
public interface StepObservationConvention extends ObservationConvention<StepObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof StepObservationContext;
	}

}
