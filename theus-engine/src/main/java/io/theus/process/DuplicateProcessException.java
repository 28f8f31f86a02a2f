package io.theus.process;

import io.theus.error.TheusException;

/**
 * Two processes have the same id. Found at start-up.
 *
 * @since 0.1.0
 */
public class DuplicateProcessException extends TheusException {

	private final String process;

	/**
	 * Create the exception.
	 * @param process the id that two processes have
	 */
	public DuplicateProcessException(String process) {
		super("process '%s' is registered twice, give one of the beans or methods another name".formatted(process));
		this.process = process;
	}

	/**
	 * Return the id that two processes have.
	 * @return the id, {@code bean.method}
	 */
	public String process() {
		return this.process;
	}

}
