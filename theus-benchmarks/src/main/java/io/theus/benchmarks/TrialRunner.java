package io.theus.benchmarks;

import org.openjdk.jmh.runner.RunnerException;

import io.theus.benchmarks.group.Trial;
import io.theus.benchmarks.report.Sample;

/**
 * Runs one trial once.
 */
interface TrialRunner {

	/**
	 * Run a trial.
	 * @param trial the trial
	 * @return what it yielded
	 * @throws RunnerException if the benchmark, or the check at its end, fails
	 */
	Sample run(Trial trial) throws RunnerException;

}
