package io.theus.contract;

import io.theus.error.TheusException;

/**
 * A contract variable is declared wrongly. Found at start-up.
 *
 * @since 0.1.0
 */
public class InvalidVariableException extends TheusException {

	private final String variable;

	private final String problem;

	private final String action;

	/**
	 * Create the exception.
	 * @param variable the name of the variable
	 * @param problem what is wrong
	 * @param action what to do about it
	 */
	public InvalidVariableException(String variable, String problem, String action) {
		super("contract variable '%s' is declared wrongly: %s, %s".formatted(variable, problem, action));
		this.variable = variable;
		this.problem = problem;
		this.action = action;
	}

	/**
	 * Return the variable.
	 * @return its name as it was given
	 */
	public String variable() {
		return this.variable;
	}

	/**
	 * Return what is wrong.
	 * @return the problem without variable and remedy
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Return what to do about it.
	 * @return the remedy
	 */
	public String action() {
		return this.action;
	}

}
