package io.theus.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.StepArguments;
import io.theus.workflow.StepScope;

/**
 * Another workflow that a step runs, and with what.
 *
 * @param workflow the other workflow
 * @param given what the step passes
 * @param fromInputs the inputs that come from those of the run
 */
record Link(BoundWorkflow workflow, StepArguments given, List<String> fromInputs) {

	/**
	 * Compute what the other workflow is given.
	 * @param scope what the expressions of the step see
	 * @param inputs the inputs of the workflow that the step belongs to
	 * @return the inputs by name, without those that keep their defaults
	 */
	Map<String, @Nullable Object> inputs(StepScope scope, Map<String, @Nullable Object> inputs) {
		Map<String, @Nullable Object> passed = new LinkedHashMap<>(this.given.evaluate(scope));
		this.fromInputs.forEach((name) -> passed.put(name, inputs.get(name)));
		return passed;
	}

}
