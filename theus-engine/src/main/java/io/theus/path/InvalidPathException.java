package io.theus.path;

import io.theus.error.TheusException;

/**
 * A path or a path pattern that cannot be parsed. Nothing was read or written.
 *
 * @since 0.1.0
 */
public class InvalidPathException extends TheusException {

	private final String path;

	private final int position;

	private final String problem;

	/**
	 * Create the exception.
	 * @param kind what was parsed, {@code path} or {@code pattern}
	 * @param path the text that was parsed
	 * @param position the zero-based position of the first character that does not fit
	 * @param problem what is wrong and how to write it instead
	 */
	public InvalidPathException(String kind, String path, int position, String problem) {
		super("%s '%s' is invalid: %s, position=%d".formatted(kind, path, problem, position));
		this.path = path;
		this.position = position;
		this.problem = problem;
	}

	/**
	 * Return the text that was parsed.
	 * @return the text as it was given
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Return where the problem was found.
	 * @return a zero-based character position in {@link #path()}
	 */
	public int position() {
		return this.position;
	}

	/**
	 * Return what is wrong, without path and position.
	 * @return the problem in words
	 */
	public String problem() {
		return this.problem;
	}

}
