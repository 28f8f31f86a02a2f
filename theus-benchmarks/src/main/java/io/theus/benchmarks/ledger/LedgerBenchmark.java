package io.theus.benchmarks.ledger;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The measured work: one transaction on a ledger.
 *
 * @since 0.1.0
 */
public class LedgerBenchmark {

	/**
	 * Run one transaction. Its effect is checked at the end, hence nothing of it can be
	 * optimised away.
	 * @param state the ledger
	 * @param thread what the calling thread draws
	 */
	@Benchmark
	public void increment(LedgerState state, LedgerThread thread) {
		thread.increment(state.ledger());
	}

}
