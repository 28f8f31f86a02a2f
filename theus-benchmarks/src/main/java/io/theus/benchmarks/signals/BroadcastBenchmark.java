package io.theus.benchmarks.signals;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The measured work: all messages, from the first that is published to the last that is
 * received. Each message counts once, however many receive it.
 *
 * @since 0.1.0
 */
public class BroadcastBenchmark {

	/**
	 * Publish all messages.
	 * @param state the candidate
	 * @return how many were published
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	@Benchmark
	@OperationsPerInvocation(Broadcast.MESSAGES)
	public int run(BroadcastState state) throws InterruptedException {
		return state.run();
	}

}
