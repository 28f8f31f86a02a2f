package io.theus.process;

import io.theus.error.TheusException;

/**
 * A process was called with arguments that it does not take. No attempt was started, or
 * its body did not run.
 *
 * @since 0.1.0
 */
public class InvalidArgumentException extends TheusException {

	private final String process;

	private final String argument;

	/**
	 * Create the exception.
	 * @param process the id of the process
	 * @param argument the name of the argument, or the placeholder that it cannot fill
	 * @param problem what is wrong and what to do instead
	 */
	public InvalidArgumentException(String process, String argument, String problem) {
		super("argument '%s' of process '%s' is invalid: %s".formatted(argument, process, problem));
		this.process = process;
		this.argument = argument;
	}

	/**
	 * Return the process.
	 * @return its id
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return the argument.
	 * @return its name
	 */
	public String argument() {
		return this.argument;
	}

}
