package io.theus.run;

import io.theus.error.TheusException;

/**
 * An expression of a step has a value that the step cannot use.
 *
 * @since 0.1.0
 */
public final class StepValueException extends TheusException {

	private final String workflow;

	private final String step;

	StepValueException(String workflow, String step, String problem) {
		super("step '%s' of workflow '%s' has an invalid value: %s".formatted(step, workflow, problem));
		this.workflow = workflow;
		this.step = step;
	}

	/**
	 * Return the workflow.
	 * @return its name
	 */
	public String workflow() {
		return this.workflow;
	}

	/**
	 * Return the step.
	 * @return its id
	 */
	public String step() {
		return this.step;
	}

}
