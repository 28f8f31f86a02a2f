package io.theus.spring.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Observes visits to steps as {@code theus.workflow.step}, by workflow, step and outcome,
 * with the id of the run for traces.
 *
 * @since 0.1.0
 */
public final class DefaultStepObservationConvention implements StepObservationConvention {

	@Override
	public String getName() {
		return "theus.workflow.step";
	}

	@Override
	public String getContextualName(StepObservationContext context) {
		return "step " + context.getStep().id();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(StepObservationContext context) {
		return KeyValues.of(KeyValue.of("workflow", context.getRun().workflow()),
				KeyValue.of("step", context.getStep().id()), OutcomeKey.of(context));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(StepObservationContext context) {
		return KeyValues.of("theus.run.id", context.getRun().id());
	}

}
