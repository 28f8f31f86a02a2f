package io.theus.benchmarks.audit;

import java.util.concurrent.ExecutionException;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * The measured work: two threads write a million entries. Half of them count, so that the
 * time is what an entry takes the thread that writes it.
 *
 * @since 0.1.0
 */
public class EntriesBenchmark {

	/**
	 * Write all entries.
	 * @param state the candidate
	 * @throws InterruptedException if the thread is interrupted
	 * @throws ExecutionException if a writer fails
	 */
	@Benchmark
	@OperationsPerInvocation(Entries.ENTRIES / Entries.WRITERS)
	public void write(EntriesState state) throws InterruptedException, ExecutionException {
		state.write();
	}

}
