package io.theus.run;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.process.Parameter;
import io.theus.process.ProcessDefinition;

/**
 * The process that undoes what a step has committed.
 *
 * @param process the process
 */
record Compensation(ProcessDefinition process) {

	/**
	 * The name of the parameter that gets what the step has returned.
	 */
	static final String RESULT = "result";

	/**
	 * Find the arguments.
	 * @param stepArguments what the step was called with
	 * @param result what it returned
	 * @param inputs the inputs of the run
	 * @return the arguments by name; one that has no source is left out
	 */
	Map<String, @Nullable Object> arguments(Map<String, ? extends @Nullable Object> stepArguments,
			@Nullable Object result, Map<String, ? extends @Nullable Object> inputs) {
		Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
		for (Parameter parameter : this.process.arguments()) {
			String name = parameter.name();
			if (name.equals(RESULT)) {
				arguments.put(name, result);
			}
			else if (stepArguments.containsKey(name)) {
				arguments.put(name, stepArguments.get(name));
			}
			else if (inputs.containsKey(name)) {
				arguments.put(name, inputs.get(name));
			}
		}
		return arguments;
	}

}
