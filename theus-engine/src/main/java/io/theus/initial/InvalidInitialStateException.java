package io.theus.initial;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;
import io.theus.path.Path;

/**
 * The sources of the initial state contradict each other, or have content for a place
 * where there cannot be any. The engine does not start.
 *
 * @since 0.1.0
 */
public final class InvalidInitialStateException extends TheusException {

	private final Path path;

	private final List<String> sources;

	private InvalidInitialStateException(String message, Path path, List<String> sources, @Nullable Throwable cause) {
		super(message, cause);
		this.path = path;
		this.sources = List.copyOf(sources);
	}

	static InvalidInitialStateException conflict(Path path, String first, String second) {
		return new InvalidInitialStateException(
				"initial content at '%s' differs: first=%s second=%s, keep one of them".formatted(path, first, second),
				path, List.of(first, second), null);
	}

	static InvalidInitialStateException refused(Path path, String source, String problem) {
		return refused(path, source, problem, null);
	}

	static InvalidInitialStateException refused(Path path, String source, String problem, @Nullable Throwable cause) {
		return new InvalidInitialStateException(
				"initial content at '%s' is refused: source=%s, %s".formatted(path, source, problem), path,
				List.of(source), cause);
	}

	/**
	 * Return where the problem is.
	 * @return the path
	 */
	public Path path() {
		return this.path;
	}

	/**
	 * Return where the content comes from.
	 * @return an initial state or a place in a document; two of them if they differ
	 */
	public List<String> sources() {
		return this.sources;
	}

}
