package io.theus.run;

import io.theus.error.TheusException;

/**
 * A step {@code flux: fail} has failed its run.
 *
 * @since 0.1.0
 */
public final class WorkflowFailureException extends TheusException {

	private final String workflow;

	private final String step;

	private final String error;

	WorkflowFailureException(String workflow, String step, String error, String message) {
		super(message.isEmpty() ? error : error + ": " + message);
		this.workflow = workflow;
		this.step = step;
		this.error = error;
	}

	@Override
	public boolean isWordedByApplication() {
		return true;
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

	/**
	 * Return the failure.
	 * @return the name that the workflow gives it
	 */
	public String error() {
		return this.error;
	}

}
