package io.theus.parallel;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * A value cannot go to a worker or come back from one.
 *
 * @since 0.1.0
 */
public class TransportException extends TheusException {

	private final String process;

	private final String subject;

	/**
	 * Create the exception.
	 * @param process the id of the process
	 * @param subject what the value is, for example {@code argument 'order'}
	 * @param problem of which type it is, where, and what to do about it
	 * @param cause what led to this, {@code null} if nothing did
	 */
	public TransportException(String process, String subject, String problem, @Nullable Throwable cause) {
		super("%s of process '%s' cannot be transported between engine and worker: %s".formatted(subject, process,
				problem), cause);
		this.process = process;
		this.subject = subject;
	}

	/**
	 * Return what was called.
	 * @return the id of the process
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return what the value is.
	 * @return for example {@code argument 'order'}, {@code input 'domain.order'},
	 * {@code the result}
	 */
	public String subject() {
		return this.subject;
	}

}
