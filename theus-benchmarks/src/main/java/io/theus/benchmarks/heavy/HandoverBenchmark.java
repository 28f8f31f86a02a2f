package io.theus.benchmarks.heavy;

import java.io.IOException;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The measured work: an array is handed over, and the receiver has answered.
 *
 * @since 0.1.0
 */
public class HandoverBenchmark {

	/**
	 * Hand the array over.
	 * @param state the candidate and its receiver
	 * @return the receiver's answer
	 * @throws IOException if the receiver cannot be reached
	 */
	@Benchmark
	public double handOver(HandoverState state) throws IOException {
		return state.run();
	}

}
