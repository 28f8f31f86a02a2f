package io.theus.benchmarks.heavy;

import java.io.IOException;

/**
 * Takes an array in another JVM than the one that has made it. For one thread.
 */
interface Receiver {

	/**
	 * Take the array that is handed over next.
	 * @throws IOException if that fails
	 */
	void take() throws IOException;

	/**
	 * Return the first number of the array that was taken.
	 * @return the number
	 */
	double first();

	/**
	 * Sum the array that was taken.
	 * @return the sum
	 */
	double sum();

	/**
	 * Let the array go.
	 */
	void forget();

}
