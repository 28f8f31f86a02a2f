package io.theus.spring;

import io.theus.error.TheusException;

/**
 * A process was called where Theus is switched off. A process never runs unguarded.
 *
 * @since 0.1.0
 */
public class ProcessesDisabledException extends TheusException {

	private final String process;

	/**
	 * Create the exception.
	 * @param process the id of the process that was called
	 */
	public ProcessesDisabledException(String process) {
		super("process '%s' cannot run: there is no engine, theus.enabled=false, set it to true or do not call processes"
			.formatted(process));
		this.process = process;
	}

	/**
	 * Return the process that was called.
	 * @return its id, {@code bean.method}
	 */
	public String process() {
		return this.process;
	}

}
