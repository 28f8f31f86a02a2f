package io.theus.process;

import io.theus.error.TheusException;

/**
 * Ends the call of a process on a thread of the engine because its attempt was refused:
 * the process is called again there after the wait. Advice around a process may see it
 * and lets it pass; callers never do.
 *
 * @since 0.1.0
 */
public final class AttemptPostponedException extends TheusException {

	private final String process;

	private final int attempt;

	AttemptPostponedException(String process, int attempt) {
		super("process '%s' conflicts and is attempted again later: attempt=%d, let this exception pass"
			.formatted(process, attempt));
		this.process = process;
		this.attempt = attempt;
	}

	/**
	 * Return the process.
	 * @return its id
	 */
	public String process() {
		return this.process;
	}

	/**
	 * Return which attempt was refused.
	 * @return its number, 1 for the first
	 */
	public int attempt() {
		return this.attempt;
	}

}
