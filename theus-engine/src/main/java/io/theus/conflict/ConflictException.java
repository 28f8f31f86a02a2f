package io.theus.conflict;

import java.time.Duration;

import io.theus.error.TheusException;

/**
 * A commit was refused because something it depends on has changed since its snapshot.
 * Nothing of it remains; running it again on a fresh snapshot may succeed.
 *
 * @since 0.1.0
 */
public class ConflictException extends TheusException {

	private final Conflict conflict;

	private final int attempts;

	private final Duration waited;

	/**
	 * Create the exception for one refused commit.
	 * @param conflict why it was refused
	 */
	public ConflictException(Conflict conflict) {
		this(conflict, 1, Duration.ZERO);
	}

	/**
	 * Create the exception for an execution that gave up.
	 * @param conflict why its last commit was refused
	 * @param attempts how many attempts there were
	 * @param waited how long it waited between them
	 */
	public ConflictException(Conflict conflict, int attempts, Duration waited) {
		super("%s, attempts=%d waited=%dms, run it again on a fresh snapshot".formatted(conflict, attempts,
				waited.toMillis()));
		this.conflict = conflict;
		this.attempts = attempts;
		this.waited = waited;
	}

	/**
	 * Return why the last commit was refused.
	 * @return the diagnosis
	 */
	public Conflict conflict() {
		return this.conflict;
	}

	/**
	 * Return how many attempts there were.
	 * @return at least 1
	 */
	public int attempts() {
		return this.attempts;
	}

	/**
	 * Return how long the execution waited between attempts.
	 * @return the sum of all waits
	 */
	public Duration waited() {
		return this.waited;
	}

}
