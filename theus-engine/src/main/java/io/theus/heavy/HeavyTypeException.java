package io.theus.heavy;

import io.theus.DType;
import io.theus.error.TheusException;

/**
 * An array has elements of another type than what was asked of it needs.
 *
 * @since 0.1.0
 */
public final class HeavyTypeException extends TheusException {

	private final String name;

	private final DType dtype;

	/**
	 * Create the exception.
	 * @param name the name of the array
	 * @param dtype the type of its elements
	 * @param problem what needs which type, and what to do
	 */
	public HeavyTypeException(String name, DType dtype, String problem) {
		super("heavy array '%s' has another type: dtype=%s, %s".formatted(name, dtype, problem));
		this.name = name;
		this.dtype = dtype;
	}

	/**
	 * Return which array it is.
	 * @return its name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return of which type its elements are.
	 * @return the type
	 */
	public DType dtype() {
		return this.dtype;
	}

}
