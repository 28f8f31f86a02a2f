package io.theus.benchmarks.waiting;

import java.lang.management.ManagementFactory;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A candidate whose runs wait before each measurement, the bytes that they hold alive
 * then, and the check that all have gone on.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class WaitingState {

	@Param
	WaitingType waitingType;

	@Param("100000")
	int runs;

	private WaitingRuns waiting;

	private long liveBytes;

	/**
	 * Create the candidate.
	 */
	@Setup(Level.Trial)
	public void open() {
		this.waiting = this.waitingType.open();
	}

	/**
	 * Start the runs and take their size.
	 */
	@Setup(Level.Invocation)
	public void start() {
		long before = collect();
		this.waiting.start(this.runs);
		this.liveBytes = collect() - before;
	}

	// Twice, because what the first collection hands to a reference queue goes with the
	// second
	private static long collect() {
		System.gc();
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	void resume() {
		this.waiting.resume();
	}

	/**
	 * Check that all runs have gone on.
	 */
	@TearDown(Level.Invocation)
	public void verify() {
		verify(this.waiting, this.runs);
	}

	static void verify(WaitingRuns waiting, int runs) {
		int arrived = waiting.takeArrived();
		if (arrived != runs) {
			throw new IllegalStateException(
					"runs have not gone on once each: runs=%d, arrived=%d, ".formatted(runs, arrived)
							+ "do not count this measurement");
		}
	}

	/**
	 * Release the candidate.
	 */
	@TearDown(Level.Trial)
	public void close() {
		this.waiting.close();
	}

	long liveBytes() {
		return this.liveBytes;
	}

}
