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
	 * It has come to its end.
	 */
	COMPLETED,

	/**
	 * A step has failed; what earlier steps committed stays.
	 */
	FAILED,

	/**
	 * It was cancelled between two steps; what earlier steps committed stays.
	 */
	CANCELLED;

	/**
	 * Return whether nothing more happens.
	 * @return whether the run is completed, failed or cancelled
	 */
	public boolean isEnded() {
		return this == COMPLETED || this == FAILED || this == CANCELLED;
	}

}
