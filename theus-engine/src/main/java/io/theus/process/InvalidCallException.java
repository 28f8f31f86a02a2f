package io.theus.process;

import io.theus.error.TheusException;

/**
 * One of several calls cannot be made, and so none of them was.
 *
 * @since 0.1.0
 */
public class InvalidCallException extends TheusException {

	private final int number;

	private final String process;

	/**
	 * Create the exception.
	 * @param number which of the calls, 1 for the first
	 * @param calls how many there are
	 * @param process what it calls, as it was given
	 * @param cause what is wrong with it
	 */
	public InvalidCallException(int number, int calls, String process, RuntimeException cause) {
		super("call %d of %d is wrong and none was made: %s".formatted(number, calls, cause.getMessage()), cause);
		this.number = number;
		this.process = process;
	}

	/**
	 * Return which call is wrong.
	 * @return its number, 1 for the first
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Return what it calls.
	 * @return the name as it was given
	 */
	public String process() {
		return this.process;
	}

}
