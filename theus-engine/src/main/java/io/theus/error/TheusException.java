package io.theus.error;

import org.jspecify.annotations.Nullable;

/**
 * Root of the exceptions that Theus throws on its own account. What the body of a process
 * throws is passed on as it is and is not wrapped in this type.
 *
 * <p>
 * A message is one sentence without a full stop: the subject in single quotes, the facts
 * as {@code name=value}, then what to do. Subclasses offer the same facts as fields.
 *
 * @since 0.1.0
 */
public abstract class TheusException extends RuntimeException {

	/**
	 * Create an exception that has no other exception as its cause.
	 * @param message what is wrong and what to do about it
	 */
	protected TheusException(String message) {
		super(message);
	}

	/**
	 * Create an exception with a cause.
	 * @param message what is wrong and what to do about it
	 * @param cause what led to this exception, {@code null} if nothing did
	 */
	protected TheusException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Return whether the message is in words of the application. Such a message may have
	 * data in it, and is not logged.
	 * @return whether the application has worded it, which is the exception
	 */
	public boolean isWordedByApplication() {
		return false;
	}

}
