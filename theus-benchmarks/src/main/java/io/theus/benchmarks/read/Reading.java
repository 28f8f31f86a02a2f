package io.theus.benchmarks.read;

/**
 * A map of numbers under {@code domain.accounts}, each under a text key with its index.
 */
interface Reading extends AutoCloseable {

	/**
	 * Read keys in one attempt.
	 * @param from the index of the first draw
	 * @return the sum of the values under {@link Draws#READS} keys
	 */
	long read(int from);

	/**
	 * Release what is held.
	 */
	@Override
	default void close() {
	}

}
