package io.theus.process;

import io.theus.error.TheusException;

/**
 * A process was called on a thread that must not wait for its end.
 *
 * @since 0.1.0
 */
public class BlockingCallException extends TheusException {

	private final String process;

	private final String thread;

	/**
	 * Create the exception.
	 * @param process the id of the process
	 * @param thread the name of the thread
	 */
	public BlockingCallException(String process, String thread) {
		super("process '%s' cannot be waited for on a thread that must not block: thread='%s', call it with executeAsync"
			.formatted(process, thread));
		this.process = process;
		this.thread = thread;
	}

	/**
	 * Return what was called.
	 * @return the id of the process
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return where it was called.
	 * @return the name of the thread
	 */
	public String thread() {
		return this.thread;
	}

}
