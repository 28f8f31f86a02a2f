package io.theus.benchmarks.history;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The measured work: two neighbouring versions compared.
 *
 * @since 0.1.0
 */
public class DiffBenchmark {

	/**
	 * Compare two versions.
	 * @param state the map
	 * @param heap what is reported beside the speed
	 * @return how many keys differ
	 */
	@Benchmark
	public int diff(HistoryState state, HeapCounter heap) {
		return state.diff();
	}

}
