package io.theus.benchmarks;

import org.openjdk.jmh.runner.RunnerException;

import io.theus.benchmarks.group.Trial;

/**
 * Runs one trial once.
 */
interface TrialRunner {

	/**
	 * Run a trial.
	 * @param trial the trial
	 * @return operations per second of all threads together
	 * @throws RunnerException if the benchmark, or the check at its end, fails
	 */
	double run(Trial trial) throws RunnerException;

}
