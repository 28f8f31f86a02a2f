package io.theus.benchmarks.history;

import org.openjdk.jmh.annotations.AuxCounters;
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
public class HeapCounter {

	private long bytes;

	/**
	 * Take the size of the map.
	 * @param state the map
	 */
	@Setup
	public void take(HistoryState state) {
		this.bytes = state.liveBytes();
	}

	/**
	 * Return what the map and its versions hold alive.
	 * @return the bytes, after a collection
	 */
	public long liveBytes() {
		return this.bytes;
	}

}
