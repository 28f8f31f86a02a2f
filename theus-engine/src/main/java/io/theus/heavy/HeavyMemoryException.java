package io.theus.heavy;

import io.theus.error.TheusException;

/**
 * The system refuses shared memory for another reason than that there is no more of it.
 *
 * @since 0.1.0
 */
public final class HeavyMemoryException extends TheusException {

	private final String name;

	/**
	 * Create the exception.
	 * @param name what the memory is or was to be called
	 * @param cause what the system has answered
	 */
	public HeavyMemoryException(String name, Throwable cause) {
		super("memory of heavy array '%s' cannot be used: reason=%s, see the cause".formatted(name, cause.getMessage()),
				cause);
		this.name = name;
	}

	/**
	 * Return which memory it is.
	 * @return the name of the array
	 */
	public String name() {
		return this.name;
	}

}
