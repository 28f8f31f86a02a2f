package io.theus.parallel;

import java.time.Duration;

import io.theus.error.TheusException;

/**
 * A call of a worker took longer than it may, and was given up: its code is interrupted.
 *
 * @since 0.1.0
 */
public class WorkerTimeoutException extends TheusException {

	private final String process;

	private final Duration limit;

	/**
	 * Create the exception.
	 * @param process the id of the process
	 * @param limit how long it might take
	 */
	public WorkerTimeoutException(String process, Duration limit) {
		super("process '%s' did not end in its worker in time: limit=%s, raise its timeout or make it shorter"
			.formatted(process, limit));
		this.process = process;
		this.limit = limit;
	}

	/**
	 * Return what was called.
	 * @return the id of the process
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return how long it might take.
	 * @return the limit
	 */
	public Duration limit() {
		return this.limit;
	}

}
