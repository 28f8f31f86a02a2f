package io.theus.benchmarks.parallel;

/**
 * Runs tasks that compute. For one thread.
 */
interface Tasks extends AutoCloseable {

	/**
	 * How many run at the same time, where several do.
	 */
	int AT_ONCE = 2;

	/**
	 * Run a computation from each seed and wait for all of them.
	 * @param seeds where they begin
	 * @param steps how long each is
	 * @return where they end, in the order of the seeds
	 * @throws Exception if one fails
	 */
	long[] run(long[] seeds, long steps) throws Exception;

	/**
	 * Release what is held.
	 */
	@Override
	void close();

}
