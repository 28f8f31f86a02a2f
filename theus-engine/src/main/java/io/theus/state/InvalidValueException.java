package io.theus.state;

import io.theus.error.TheusException;
import io.theus.path.Path;

/**
 * A value that the state does not accept: mutable, of an unknown type, or with a key that
 * is no key.
 *
 * @since 0.1.0
 */
public class InvalidValueException extends TheusException {

	private final Path path;

	private final String type;

	/**
	 * Create the exception.
	 * @param path where the value, or the part of it that is refused, was to be stored
	 * @param type the name of its type
	 * @param problem why it is refused and what to store instead
	 */
	public InvalidValueException(Path path, String type, String problem) {
		super("value of type %s cannot be stored at '%s': %s".formatted(type, path, problem));
		this.path = path;
		this.type = type;
	}

	/**
	 * Return where the value was to be stored.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Return the type of the value.
	 * @return the type's name
	 */
	public String type() {
		return this.type;
	}

}
