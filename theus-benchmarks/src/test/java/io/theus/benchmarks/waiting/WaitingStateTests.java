package io.theus.benchmarks.waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WaitingStateTests {

	private static final int RUNS = 500;

	@ParameterizedTest
	@EnumSource
	void eachRunGoesOnOnceItIsSignalled(WaitingType type) {
		try (WaitingRuns waiting = type.open()) {
			for (int time = 1; time <= 2; time++) {
				waiting.start(RUNS);
				waiting.resume();
				assertThat(waiting.takeArrived()).isEqualTo(RUNS);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void noRunGoesOnBefore(WaitingType type) {
		WaitingState state = state(type);
		state.open();
		state.start();
		assertThat(state.liveBytes()).isBetween(100L * RUNS, 100_000L * RUNS);
		assertThatIllegalStateException().isThrownBy(state::verify)
			.withMessageContaining("runs have not gone on once each");
		state.close();
	}

	@Test
	void runsThatAreLeftAreRefused() {
		assertThatIllegalStateException().isThrownBy(() -> WaitingState.verify(new Lossy(), RUNS))
			.withMessage("runs have not gone on once each: runs=500, arrived=499, do not count this measurement");
	}

	private static WaitingState state(WaitingType type) {
		WaitingState state = new WaitingState();
		state.waitingType = type;
		state.runs = RUNS;
		return state;
	}

	/**
	 * Loses a run.
	 */
	private static final class Lossy implements WaitingRuns {

		@Override
		public void start(int count) {
		}

		@Override
		public void resume() {
		}

		@Override
		public int takeArrived() {
			return RUNS - 1;
		}

	}

}
