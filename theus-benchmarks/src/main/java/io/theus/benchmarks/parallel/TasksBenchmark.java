package io.theus.benchmarks.parallel;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * The measured work: four tasks have ended.
 *
 * @since 0.1.0
 */
public class TasksBenchmark {

	/**
	 * Run the tasks.
	 * @param state the candidate
	 * @throws Exception if one fails
	 */
	@Benchmark
	public void run(TasksState state) throws Exception {
		state.run();
	}

}
