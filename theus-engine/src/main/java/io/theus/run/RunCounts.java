package io.theus.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts runs by state.
 */
// Each change is one decrement and one increment, so a reader may see a run twice or not
// at all for a moment. The map is filled at once and never changed.
final class RunCounts {

	private final Map<RunState, LongAdder> counts = new EnumMap<>(RunState.class);

	RunCounts() {
		for (RunState state : RunState.values()) {
			this.counts.put(state, new LongAdder());
		}
	}

	void created() {
		adder(RunState.PENDING).increment();
	}

	void moved(RunState from, RunState to) {
		adder(from).decrement();
		adder(to).increment();
	}

	long of(RunState state) {
		return adder(state).sum();
	}

	private LongAdder adder(RunState state) {
		return Objects.requireNonNull(this.counts.get(state));
	}

}
