package io.theus.benchmarks.parallel;

import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;

import io.theus.parallel.ParallelMode;

/**
 * The candidates that run tasks.
 *
 * @since 0.1.0
 */
public enum TasksType {

	/** A process of Theus, executed by the caller in a row. */
	THEUS_SEQUENCE,

	/** A process of Theus on two threads of the engine. */
	THEUS_THREADS,

	/** A process of Theus in two worker JVMs. */
	THEUS_WORKERS,

	/** Two threads of an executor of the JDK. */
	FIXED_THREADS,

	/** A fork-join pool of two threads. */
	FORK_JOIN;

	Tasks open() {
		return switch (this) {
			case THEUS_SEQUENCE -> TheusTasks.sequential();
			case THEUS_THREADS -> TheusTasks.parallel(ParallelMode.THREADS);
			case THEUS_WORKERS -> TheusTasks.parallel(ParallelMode.PROCESSES);
			case FIXED_THREADS -> new ExecutorTasks(Executors.newFixedThreadPool(Tasks.AT_ONCE));
			case FORK_JOIN -> new ExecutorTasks(new ForkJoinPool(Tasks.AT_ONCE));
		};
	}

}
