package io.theus.schema;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;
import io.theus.path.Path;

/**
 * A state, or a value that was to be written, does not fit the schema. Nothing was
 * committed.
 * <p>
 * What is stored is told by its type, never by its value, because messages end up in
 * logs.
 *
 * @since 0.1.0
 */
public class SchemaViolationException extends TheusException {

	private final Path path;

	private final String expected;

	private final String actual;

	/**
	 * Create the exception.
	 * @param path the place that does not fit
	 * @param expected what the schema asks for there
	 * @param actual what is there
	 * @param remedy what to do about it
	 * @param cause what a constructor threw, {@code null} if none did
	 */
	public SchemaViolationException(Path path, String expected, String actual, String remedy,
			@Nullable Throwable cause) {
		super("value at '%s' does not fit the schema: expected=%s actual=%s, %s".formatted(path, expected, actual,
				remedy), cause);
		this.path = path;
		this.expected = expected;
		this.actual = actual;
	}

	/**
	 * Return the place that does not fit.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Return what the schema asks for.
	 * @return a type, the declared keys, or a constraint in words
	 */
	public String expected() {
		return this.expected;
	}

	/**
	 * Return what is there instead.
	 * @return a type, {@code null}, {@code absent} or an undeclared key
	 */
	public String actual() {
		return this.actual;
	}

}
