package io.theus.parallel;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * A worker cannot make the object whose method is to be run, or find the method.
 *
 * @since 0.1.0
 */
public class WorkerBeanException extends TheusException {

	private final String type;

	/**
	 * Create the exception.
	 * @param type the name of the class
	 * @param problem what is missing and what to do about it
	 * @param cause what led to this, {@code null} if nothing did
	 */
	public WorkerBeanException(String type, String problem, @Nullable Throwable cause) {
		super("class '%s' cannot be used in a worker: %s".formatted(type, problem), cause);
		this.type = type;
	}

	/**
	 * Return what cannot be used.
	 * @return the name of the class
	 */
	public String type() {
		return this.type;
	}

}
