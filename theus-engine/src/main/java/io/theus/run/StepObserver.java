package io.theus.run;

import java.time.Duration;

/**
 * Hears of the steps of runs.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface StepObserver {

	/**
	 * A run has visited a step. It is called on the thread that takes the run further, so
	 * it must not take long; parallel branches call it at the same time. It does not hear
	 * of steps that begin to wait, but when the wait is over. What is thrown is logged
	 * and goes no further.
	 * @param run the run
	 * @param visit the step and what became of it
	 * @param duration the time since the run came to the step, all attempts and waits
	 * included; for one that other steps stand in, the time until it had decided about
	 * them, or until its parallel branches had come together
	 */
	void stepVisited(Run run, StepVisit visit, Duration duration);

}
