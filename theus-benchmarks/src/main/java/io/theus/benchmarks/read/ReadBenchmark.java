package io.theus.benchmarks.read;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The measured work: one attempt with many reads, of which each counts as one operation.
 *
 * @since 0.1.0
 */
public class ReadBenchmark {

	/**
	 * Run one attempt.
	 * @param state what is read
	 * @return the sum of what was read
	 */
	@Benchmark
	@OperationsPerInvocation(Draws.READS)
	public long read(ReadState state) {
		return state.attempt();
	}

}
