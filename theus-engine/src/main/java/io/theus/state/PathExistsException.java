package io.theus.state;

import io.theus.error.TheusException;
import io.theus.path.Path;

/**
 * A path that must be absent is present.
 *
 * @since 0.1.0
 */
public class PathExistsException extends TheusException {

	private final Path path;

	/**
	 * Create the exception.
	 * @param path the present path
	 */
	public PathExistsException(Path path) {
		super("path '%s' exists already, use set to replace it or upsert to change it".formatted(path));
		this.path = path;
	}

	/**
	 * Return the present path.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

}
