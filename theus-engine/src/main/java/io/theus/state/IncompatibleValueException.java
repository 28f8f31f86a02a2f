package io.theus.state;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;
import io.theus.path.Path;

/**
 * A stored value cannot be read as the type that was asked for without loss.
 *
 * @since 0.1.0
 */
public class IncompatibleValueException extends TheusException {

	private final Path path;

	private final Type expected;

	/**
	 * Create the exception.
	 * @param path the path that was read
	 * @param expected the type that was asked for
	 * @param actual the stored value, whose type alone is told
	 */
	public IncompatibleValueException(Path path, Type expected, @Nullable Object actual) {
		super("value at '%s' cannot be read as %s without loss: actual=%s, read it as the stored type".formatted(path,
				expected.getTypeName(), (actual != null) ? actual.getClass().getName() : "null"));
		this.path = path;
		this.expected = expected;
	}

	/**
	 * Return the path that was read.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Return the type that was asked for.
	 * @return the type
	 */
	public Type expected() {
		return this.expected;
	}

}
