package io.theus.internal.codec;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * A value cannot be written, or bytes are no value.
 *
 * @since 0.1.0
 */
public class CodecException extends TheusException {

	private final String place;

	private final String problem;

	/**
	 * Create the exception.
	 * @param problem what is wrong and what to do about it
	 * @param cause what led to this, {@code null} if nothing did
	 */
	public CodecException(String problem, @Nullable Throwable cause) {
		this("", problem, cause);
	}

	private CodecException(String place, String problem, @Nullable Throwable cause) {
		super(place.isEmpty() ? problem : "at '%s': %s".formatted(place, problem), cause);
		this.place = place;
		this.problem = problem;
	}

	// The same one level further out
	CodecException in(String step) {
		return new CodecException(step + this.place, this.problem, getCause());
	}

	/**
	 * Return where in the value the problem is.
	 * @return for example {@code .lines[3]}, empty for the value itself
	 */
	public String place() {
		return this.place;
	}

}
