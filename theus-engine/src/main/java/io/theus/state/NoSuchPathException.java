package io.theus.state;

import java.util.Collection;

import io.theus.error.Suggestions;
import io.theus.error.TheusException;
import io.theus.path.Path;

/**
 * A path that must be present is not.
 *
 * @since 0.1.0
 */
public class NoSuchPathException extends TheusException {

	private final Path path;

	/**
	 * Create the exception.
	 * @param path the absent path
	 * @param siblings the keys that exist where the path ends, for a suggestion
	 */
	public NoSuchPathException(Path path, Collection<String> siblings) {
		super("path '%s' not found%s, use find or getOrDefault if it may be absent".formatted(path,
				Suggestions.didYouMean(path.last(), siblings)));
		this.path = path;
	}

	/**
	 * Create the exception for a parameter that is supplied from the state.
	 * @param path the absent path
	 * @param process the process that cannot be called
	 * @param parameter the parameter whose value would be there
	 */
	public NoSuchPathException(Path path, String process, String parameter) {
		super(("path '%s' not found, parameter '%s' of process '%s' is supplied from it, "
				+ "make it an Optional or @Nullable if it may be absent")
			.formatted(path, parameter, process));
		this.path = path;
	}

	/**
	 * Return the absent path.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

}
