package io.theus.process;

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import io.theus.parallel.ParallelRejectedException;

/**
 * Where the attempts of an execution run.
 */
interface Lane {

	/**
	 * Make the first attempt on a thread of this lane.
	 * @param attempt makes it
	 * @return cancelling it interrupts the thread, or keeps the attempt from being made
	 * @throws ParallelRejectedException if there is no room for a further execution
	 * @throws java.util.concurrent.RejectedExecutionException if the engine is closed
	 */
	Future<?> begin(Runnable attempt);

	/**
	 * Make a further attempt on a thread of this lane.
	 * @param attempt makes it
	 * @return cancelling it interrupts the thread, or keeps the attempt from being made
	 * @throws java.util.concurrent.RejectedExecutionException if the engine is closed
	 */
	Future<?> goOn(Runnable attempt);

	/**
	 * Expect a further attempt, until which no thread is needed.
	 */
	void suspend();

	/**
	 * Expect it no longer: it was begun, or will not be made.
	 */
	void resume();

	/**
	 * Return where the code of the process runs.
	 * @return the workers, {@code null} for the thread of the attempt
	 */
	@Nullable Workers workers();

	/**
	 * Return whether what runs here does not outlive the engine.
	 * @return {@code false} if it goes on to its end
	 */
	boolean endsWithEngine();

}
