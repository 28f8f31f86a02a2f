package io.theus.benchmarks.history;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The measured work: one more version.
 *
 * @since 0.1.0
 */
public class VersionBenchmark {

	/**
	 * Make a version.
	 * @param state the map
	 * @param heap what is reported beside the speed
	 */
	@Benchmark
	public void commit(HistoryState state, HeapCounter heap) {
		state.commit();
	}

}
