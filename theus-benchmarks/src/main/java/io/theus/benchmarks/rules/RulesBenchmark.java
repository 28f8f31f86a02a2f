package io.theus.benchmarks.rules;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The measured work: all rules are asked about an order.
 *
 * @since 0.1.0
 */
public class RulesBenchmark {

	/**
	 * Ask the rules.
	 * @param state the candidate and its orders
	 * @return how many rules the order breaks
	 */
	@Benchmark
	public int check(RulesState state) {
		return state.check();
	}

}
