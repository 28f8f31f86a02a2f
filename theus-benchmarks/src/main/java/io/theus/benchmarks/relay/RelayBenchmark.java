package io.theus.benchmarks.relay;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The measured work: all messages are sent, and the broker has confirmed them. How many
 * there are counts as the operations of an invocation.
 *
 * @since 0.1.0
 */
public class RelayBenchmark {

	/**
	 * Send all messages.
	 * @param state the candidate and its broker
	 */
	@Benchmark
	public void send(RelayState state) {
		state.send();
	}

}
