package io.theus.benchmarks.waiting;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The measured work: all runs are signalled and go on. How many there are counts as the
 * operations of an invocation.
 *
 * @since 0.1.0
 */
public class ResumeBenchmark {

	/**
	 * Let all runs go on.
	 * @param state the runs that wait
	 * @param heap what is reported beside the speed
	 */
	@Benchmark
	public void resume(WaitingState state, WaitingHeap heap) {
		state.resume();
	}

}
