package io.theus.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Says under which name and with which key values commits are observed. A bean of this
 * type takes the place of {@link DefaultCommitObservationConvention}.
 *
 * @since 0.1.0
 */
public interface CommitObservationConvention extends ObservationConvention<CommitObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof CommitObservationContext;
	}

}
