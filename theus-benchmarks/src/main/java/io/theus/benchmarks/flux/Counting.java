package io.theus.benchmarks.flux;

/**
 * A counter that a workflow takes to a limit. For one thread.
 */
interface Counting extends AutoCloseable {

	/** How often the loop of a run is gone through. */
	int ITERATIONS = 333;

	/**
	 * The steps of a run: the loop, and in each iteration the iteration itself, the
	 * choice of a branch and the process within it.
	 */
	int STEPS = 1 + 3 * ITERATIONS;

	/**
	 * Run the workflow once.
	 * @param from where the counter stands: zero, or where the last run left it
	 * @param limit where the loop has to end
	 * @return where the counter stands afterwards
	 */
	long run(long from, long limit);

	/**
	 * Release what is held.
	 */
	@Override
	default void close() {
	}

}
