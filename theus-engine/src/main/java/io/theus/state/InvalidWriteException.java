package io.theus.state;

import io.theus.error.TheusException;
import io.theus.path.Path;

/**
 * A write that the shape of the stored content does not allow: below a scalar or a null,
 * to a component that a record does not have, beyond the end of a list.
 *
 * @since 0.1.0
 */
public class InvalidWriteException extends TheusException {

	private final Path path;

	/**
	 * Create the exception.
	 * @param path the path that was written
	 * @param problem why that is not possible and what to do instead
	 */
	public InvalidWriteException(Path path, String problem) {
		super("path '%s' cannot be written: %s".formatted(path, problem));
		this.path = path;
	}

	/**
	 * Return the path that was written.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

}
