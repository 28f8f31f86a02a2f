package io.theus.benchmarks.flux;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A candidate, where its counter stands, and the check of where it should stand.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class CountingState {

	@Param
	CountingType countingType;

	private Counting counting;

	private long counter;

	/**
	 * Create the candidate.
	 */
	@Setup
	public void open() {
		this.counting = this.countingType.open();
	}

	/**
	 * Release the candidate.
	 */
	@TearDown
	public void close() {
		this.counting.close();
	}

	long run() {
		this.counter = run(this.counting, this.counter);
		return this.counter;
	}

	/**
	 * Run the workflow once.
	 * @param counting the candidate
	 * @param from where its counter stands
	 * @return where it stands afterwards
	 * @throws IllegalStateException if that is not the limit
	 */
	static long run(Counting counting, long from) {
		long limit = from + Counting.ITERATIONS;
		long reached = counting.run(from, limit);
		if (reached != limit) {
			throw new IllegalStateException(
					"run has not ended at its limit: limit=%d, counter=%d, ".formatted(limit, reached)
							+ "do not count this measurement");
		}
		return reached;
	}

}
