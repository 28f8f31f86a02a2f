package io.theus.invariant;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * An invariant makes no sense, so it cannot be enforced.
 *
 * @since 0.1.0
 */
public final class InvalidInvariantException extends TheusException {

	private final String invariant;

	private final String problem;

	InvalidInvariantException(String invariant, String problem) {
		this(invariant, problem, null);
	}

	InvalidInvariantException(String invariant, String problem, @Nullable Throwable cause) {
		super("invariant '%s' cannot be enforced: %s".formatted(invariant, problem), cause);
		this.invariant = invariant;
		this.problem = problem;
	}

	/**
	 * Return which invariant it is.
	 * @return its name
	 */
	public String invariant() {
		return this.invariant;
	}

	/**
	 * Return what is wrong, without the name.
	 * @return the problem and what to do
	 */
	public String problem() {
		return this.problem;
	}

}
