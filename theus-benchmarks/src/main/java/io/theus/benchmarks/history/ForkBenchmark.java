package io.theus.benchmarks.history;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The measured work: a fork of a version, of which one key is read.
 *
 * @since 0.1.0
 */
public class ForkBenchmark {

	/**
	 * Fork a version.
	 * @param state the map
	 * @param heap what is reported beside the speed
	 * @return the value of a key
	 */
	@Benchmark
	public long fork(HistoryState state, HeapCounter heap) {
		return state.fork();
	}

}
