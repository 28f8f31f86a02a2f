package io.theus.benchmarks.waiting;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reports the heap beside the speed.
 *
 * @since 0.1.0
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
@SuppressWarnings("NullAway.Init")
public class WaitingHeap {

	private WaitingState state;

	/**
	 * Remember whom to ask at the end of an iteration.
	 * @param waiting the runs
	 */
	@Setup(Level.Trial)
	public void of(WaitingState waiting) {
		this.state = waiting;
	}

	/**
	 * Return what the runs hold alive while they wait.
	 * @return the bytes, after a collection
	 */
	public long liveBytes() {
		return this.state.liveBytes();
	}

}
