package io.theus.benchmarks.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * An executor of the JDK.
 */
final class ExecutorTasks implements Tasks {

	private final ExecutorService executor;

	ExecutorTasks(ExecutorService executor) {
		this.executor = executor;
	}

	@Override
	public long[] run(long[] seeds, long steps) throws Exception {
		List<Callable<Long>> tasks = new ArrayList<>();
		for (long seed : seeds) {
			tasks.add(() -> Computation.run(seed, steps));
		}
		List<Future<Long>> futures = this.executor.invokeAll(tasks);
		long[] ends = new long[seeds.length];
		for (int i = 0; i < ends.length; i++) {
			ends[i] = futures.get(i).get();
		}
		return ends;
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
