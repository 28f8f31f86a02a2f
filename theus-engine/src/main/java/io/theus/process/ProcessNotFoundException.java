package io.theus.process;

import java.util.Collection;

import io.theus.error.Suggestions;
import io.theus.error.TheusException;

/**
 * No process has the name that was used, or several have.
 *
 * @since 0.1.0
 */
public final class ProcessNotFoundException extends TheusException {

	private final String process;

	private ProcessNotFoundException(String process, String message) {
		super(message);
		this.process = process;
	}

	static ProcessNotFoundException unknown(String name, Collection<String> known) {
		return new ProcessNotFoundException(name, "process '%s' not found%s, known=%s".formatted(name,
				Suggestions.didYouMean(name, known), known.stream().sorted().limit(20).toList()));
	}

	static ProcessNotFoundException ambiguous(String name, Collection<String> ids) {
		return new ProcessNotFoundException(name, "process '%s' not found: the name is ambiguous, use one of the ids %s"
			.formatted(name, ids.stream().sorted().toList()));
	}

	/**
	 * Return the name that was used.
	 * @return the name
	 */
	public String process() {
		return this.process;
	}

}
