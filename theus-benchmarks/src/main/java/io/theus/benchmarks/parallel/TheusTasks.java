package io.theus.benchmarks.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

import io.theus.engine.TheusEngine;
import io.theus.parallel.ParallelMode;
import io.theus.parallel.ParallelSettings;

/**
 * Executions of a process in parallel, or one after the other. Each is a transaction.
 */
final class TheusTasks implements Tasks {

	private static final String PROCESS = "compute";

	private final TheusEngine engine;

	private final Way way;

	private TheusTasks(ParallelMode mode, Way way) {
		this.engine = TheusEngine.builder()
			.processes(new ComputingProcess())
			.parallel(ParallelSettings.DEFAULT.withMode(mode).withPoolSize(AT_ONCE))
			.build();
		this.way = way;
	}

	static Tasks parallel(ParallelMode mode) {
		return new TheusTasks(mode, TheusTasks::sideBySide);
	}

	static Tasks sequential() {
		return new TheusTasks(ParallelMode.THREADS, TheusTasks::inARow);
	}

	private static long[] sideBySide(TheusEngine engine, long[] seeds, long steps) throws Exception {
		List<Future<Long>> futures = new ArrayList<>();
		for (long seed : seeds) {
			futures.add(engine.executeParallel(PROCESS, seed, steps));
		}
		long[] ends = new long[seeds.length];
		for (int i = 0; i < ends.length; i++) {
			ends[i] = futures.get(i).get();
		}
		return ends;
	}

	private static long[] inARow(TheusEngine engine, long[] seeds, long steps) {
		long[] ends = new long[seeds.length];
		for (int i = 0; i < ends.length; i++) {
			ends[i] = engine.<Long>execute(PROCESS, seeds[i], steps);
		}
		return ends;
	}

	@Override
	public long[] run(long[] seeds, long steps) throws Exception {
		return this.way.run(this.engine, seeds, steps);
	}

	@Override
	public void close() {
		this.engine.close();
	}

	/**
	 * How the process is called.
	 */
	private interface Way {

		long[] run(TheusEngine engine, long[] seeds, long steps) throws Exception;

	}

}
