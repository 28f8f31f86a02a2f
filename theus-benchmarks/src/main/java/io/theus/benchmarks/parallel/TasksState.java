package io.theus.benchmarks.parallel;

import java.util.Arrays;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A candidate, the length of its tasks, and the check of their results.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class TasksState {

	private static final int TASKS = 4;

	@Param
	TasksType tasksType;

	@Param("100")
	int millis;

	private final long[] seeds = new long[TASKS];

	private long[] ends = new long[TASKS];

	private long steps;

	private long next;

	private Tasks tasks;

	/**
	 * Find out how long a task must be, and create the candidate.
	 */
	@Setup(Level.Trial)
	public void open() {
		open(this.millis * Computation.stepsPerMilli());
	}

	void open(long stepsOfTask) {
		this.steps = stepsOfTask;
		this.tasks = this.tasksType.open();
	}

	/**
	 * Choose other seeds.
	 */
	@Setup(Level.Invocation)
	public void choose() {
		for (int i = 0; i < TASKS; i++) {
			this.seeds[i] = this.next++;
		}
	}

	void run() throws Exception {
		this.ends = this.tasks.run(this.seeds, this.steps);
	}

	/**
	 * Check that each task has come to its end.
	 */
	@TearDown(Level.Invocation)
	public void verify() {
		long[] expected = Arrays.stream(this.seeds).map((seed) -> Computation.end(seed, this.steps)).toArray();
		if (!Arrays.equals(this.ends, expected)) {
			throw new IllegalStateException("tasks have ended elsewhere: expected=%s, ends=%s, "
				.formatted(Arrays.toString(expected), Arrays.toString(this.ends)) + "do not count this measurement");
		}
	}

	/**
	 * Release the candidate.
	 */
	@TearDown(Level.Trial)
	public void close() {
		this.tasks.close();
	}

}
