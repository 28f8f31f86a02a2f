package io.theus.spring.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;

/**
 * Observes executions as {@code theus.process}, by process, outcome, semantic and
 * isolation, with the id of the execution for traces.
 *
 * @since 0.1.0
 */
public final class DefaultProcessObservationConvention implements ProcessObservationConvention {

	@Override
	public String getName() {
		return "theus.process";
	}

	@Override
	public String getContextualName(ProcessObservationContext context) {
		return "process " + context.getProcess().id();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ProcessObservationContext context) {
		// They are sorted for each observation twice, which is quick where they are
		// already
		return KeyValues.of(KeyValue.of("isolation", context.getIsolation().name()), OutcomeKey.of(context),
				KeyValue.of("process", context.getProcess().id()),
				KeyValue.of("semantic", context.getProcess().contract().semantic().name()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ProcessObservationContext context) {
		return KeyValues.of("theus.execution.id", context.getExecutionId());
	}

}
