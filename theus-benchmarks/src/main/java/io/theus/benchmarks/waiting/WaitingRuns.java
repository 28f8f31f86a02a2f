package io.theus.benchmarks.waiting;

/**
 * Runs of a workflow that wait. For one thread.
 */
interface WaitingRuns extends AutoCloseable {

	/**
	 * Start runs and see to it that all of them wait.
	 * @param count how many; they get the numbers from zero on
	 */
	void start(int count);

	/**
	 * Signal each of the runs, with its number as payload, and wait for all to end.
	 */
	void resume();

	/**
	 * Count the runs that have gone on, and forget them.
	 * @return how many have gone on once, with the payload that is theirs
	 */
	int takeArrived();

	/**
	 * Release what is held.
	 */
	@Override
	default void close() {
	}

}
