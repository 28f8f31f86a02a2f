package io.theus.contract;

import io.theus.error.TheusException;

/**
 * The declaration of a process is wrong. Found at start-up.
 *
 * @since 0.1.0
 */
public class InvalidContractException extends TheusException {

	private final String process;

	private final String problem;

	private final String action;

	/**
	 * Create the exception.
	 * @param process the id of the process
	 * @param problem what is wrong
	 * @param action what to do about it
	 */
	public InvalidContractException(String process, String problem, String action) {
		super("process '%s' is declared wrongly: %s, %s".formatted(process, problem, action));
		this.process = process;
		this.problem = problem;
		this.action = action;
	}

	/**
	 * Return the process.
	 * @return its id, {@code bean.method}
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return what is wrong.
	 * @return the problem without process and remedy
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
