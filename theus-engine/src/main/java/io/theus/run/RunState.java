package io.theus.run;

/**
 * Where a run is in its life.
 *
 * @since 0.1.0
 */
public enum RunState {

	/**
	 * It was created and has not begun.
	 */
	PENDING,

	/**
	 * Its steps are running.
	 */
	RUNNING,

	/**
	 * No step is running; an asynchronous process, or one between two attempts, is not
	 * over.
	 */
	WAITING_IO,

	/**
	 * It waits for a signal, a condition or a time.
	 */
	WAITING,

	/**
	 * It rests until it is resumed.
	 */
	PAUSED,

	/**
	 * Undoing a step has failed; an operator must decide how to go on.
	 */
	INCIDENT,

	/**
	 * It has come to its end.
	 */
	COMPLETED,

	/**
	 * A step has failed. What earlier steps committed stays, unless a compensation has
	 * undone it.
	 */
	FAILED,

	/**
	 * It was cancelled between two steps. What earlier steps committed stays, unless a
	 * compensation has undone it.
	 */
	CANCELLED;

	/**
	 * Return whether nothing more happens.
	 * @return whether the run is completed, failed or cancelled
	 */
	public boolean isEnded() {
		return this == COMPLETED || this == FAILED || this == CANCELLED;
	}

	/**
	 * Return whether nothing more happens by itself.
	 * @return whether the run has ended or is an incident
	 */
	public boolean isSettled() {
		return isEnded() || this == INCIDENT;
	}

}
