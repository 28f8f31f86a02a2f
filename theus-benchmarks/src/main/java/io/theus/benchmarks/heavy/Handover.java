package io.theus.benchmarks.heavy;

import java.io.IOException;

/**
 * Hands an array over to its receiver. For one thread.
 */
interface Handover extends AutoCloseable {

	/**
	 * Change the first number of the array.
	 * @param number its new value
	 */
	void change(double number);

	/**
	 * Tell the receiver to do something, give it what that takes, and wait for its
	 * answer.
	 * @param command what to do
	 * @return the answer
	 * @throws IOException if the receiver cannot be reached, or has ended
	 */
	double run(Command command) throws IOException;

	/**
	 * End the receiver and release what is held.
	 * @throws IOException if that fails
	 */
	@Override
	void close() throws IOException;

}
