package io.theus.benchmarks.flux;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The measured work: a run of the workflow, of which each step counts.
 *
 * @since 0.1.0
 */
public class CountingBenchmark {

	/**
	 * Run the workflow.
	 * @param state the candidate
	 * @return where its counter stands
	 */
	@Benchmark
	@OperationsPerInvocation(Counting.STEPS)
	public long run(CountingState state) {
		return state.run();
	}

}
