package io.theus.heavy;

import java.util.Arrays;
import java.util.List;

import io.theus.error.TheusException;

/**
 * The shape of an array does not fit what was asked of it.
 *
 * @since 0.1.0
 */
public final class HeavyShapeException extends TheusException {

	private final List<Long> shape;

	/**
	 * Create the exception.
	 * @param message what does not fit, and what would
	 * @param shape the shape that was refused
	 */
	public HeavyShapeException(String message, List<Long> shape) {
		super(message);
		this.shape = List.copyOf(shape);
	}

	HeavyShapeException(String message, long... shape) {
		this(message, Arrays.stream(shape).boxed().toList());
	}

	/**
	 * Return the shape that was refused.
	 * @return the length of each dimension
	 */
	public List<Long> shape() {
		return this.shape;
	}

}
