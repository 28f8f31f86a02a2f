package io.theus.parallel;

import io.theus.error.TheusException;

/**
 * The code of a process failed in a worker with an exception that cannot be transported.
 *
 * @since 0.1.0
 */
public class RemoteProcessException extends TheusException {

	private final String process;

	private final String type;

	private final String stack;

	/**
	 * Create the exception.
	 * @param process the id of the process
	 * @param type the name of the class of what was thrown
	 * @param message its message
	 * @param stack its stack trace, as text
	 */
	public RemoteProcessException(String process, String type, String message, String stack) {
		super(("process '%s' failed in a worker: type=%s, message=%s, make the exception and what it holds "
				+ "Serializable to get it as it is")
			.formatted(process, type, message));
		this.process = process;
		this.type = type;
		this.stack = stack;
	}

	@Override
	public boolean isWordedByApplication() {
		return true;
	}

	/**
	 * Return what was called.
	 * @return the id of the process
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return what was thrown.
	 * @return the name of its class
	 */
	public String type() {
		return this.type;
	}

	/**
	 * Return where it was thrown.
	 * @return the stack trace in the worker, as text
	 */
	public String stack() {
		return this.stack;
	}

}
