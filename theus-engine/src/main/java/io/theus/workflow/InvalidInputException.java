package io.theus.workflow;

import io.theus.error.TheusException;

/**
 * A workflow was started with inputs that it does not take. Nothing ran.
 *
 * @since 0.1.0
 */
public final class InvalidInputException extends TheusException {

	private final String workflow;

	private final String input;

	InvalidInputException(String workflow, String input, String problem) {
		super("input '%s' of workflow '%s' is invalid: %s".formatted(input, workflow, problem));
		this.workflow = workflow;
		this.input = input;
	}

	/**
	 * Return the workflow.
	 * @return its name
	 */
	public String workflow() {
		return this.workflow;
	}

	/**
	 * Return the input.
	 * @return its name
	 */
	public String input() {
		return this.input;
	}

}
