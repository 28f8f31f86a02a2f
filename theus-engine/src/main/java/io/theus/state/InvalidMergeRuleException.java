package io.theus.state;

import io.theus.error.TheusException;
import io.theus.path.PathPattern;

/**
 * A rule about merging makes no sense, or two of them contradict each other. The engine
 * does not start.
 *
 * @since 0.1.0
 */
public final class InvalidMergeRuleException extends TheusException {

	private final PathPattern pattern;

	/**
	 * Create the exception.
	 * @param pattern the places that the rule is about
	 * @param problem what is wrong and what to do about it
	 */
	public InvalidMergeRuleException(PathPattern pattern, String problem) {
		super("merge rule for '%s' is invalid: %s".formatted(pattern, problem));
		this.pattern = pattern;
	}

	/**
	 * Return the places that the rule is about.
	 * @return the pattern
	 */
	public PathPattern pattern() {
		return this.pattern;
	}

}
