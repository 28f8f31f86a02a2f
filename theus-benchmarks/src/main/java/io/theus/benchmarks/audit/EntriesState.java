package io.theus.benchmarks.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A candidate, the threads that write, and the check that nothing is missing.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class EntriesState {

	@Param
	EntriesType entriesType;

	private Entries entries;

	private ExecutorService writers;

	/**
	 * Create the candidate and start the threads.
	 */
	@Setup(Level.Trial)
	public void open() {
		this.entries = this.entriesType.open();
		this.writers = Executors.newFixedThreadPool(Entries.WRITERS);
	}

	void write() throws InterruptedException, ExecutionException {
		List<Callable<Integer>> parts = new ArrayList<>();
		for (int i = 0; i < Entries.WRITERS; i++) {
			int writer = i;
			parts.add(() -> write(writer));
		}
		for (Future<Integer> part : this.writers.invokeAll(parts)) {
			part.get();
		}
	}

	private int write(int writer) {
		int each = Entries.ENTRIES / Entries.WRITERS;
		for (int number = 0; number < each; number++) {
			this.entries.write(writer, number);
		}
		return each;
	}

	/**
	 * Check that all entries were taken.
	 */
	@TearDown(Level.Invocation)
	public void verify() {
		this.entries.verify(Entries.ENTRIES);
	}

	/**
	 * Release the candidate.
	 */
	@TearDown(Level.Trial)
	public void close() {
		this.writers.shutdownNow();
		this.entries.close();
	}

}
