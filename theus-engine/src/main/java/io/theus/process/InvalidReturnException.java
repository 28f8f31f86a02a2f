package io.theus.process;

import io.theus.error.TheusException;

/**
 * What a process returned cannot be stored where the process says. Nothing of the attempt
 * remains.
 *
 * @since 0.1.0
 */
public class InvalidReturnException extends TheusException {

	private final String process;

	/**
	 * Create the exception.
	 * @param process the id of the process
	 * @param problem what is wrong and what to return instead
	 */
	public InvalidReturnException(String process, String problem) {
		super("return value of process '%s' cannot be stored: %s".formatted(process, problem));
		this.process = process;
	}

	/**
	 * Return the process.
	 * @return its id
	 */
	public String process() {
		return this.process;
	}

}
