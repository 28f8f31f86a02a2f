package io.theus.benchmarks.flux;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.theus.run.FluxSafetyTripException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class CountingTests {

	@ParameterizedTest
	@EnumSource
	void runsFollowEachOtherToTheirLimits(CountingType type) {
		CountingState state = new CountingState();
		state.countingType = type;
		state.open();
		for (int run = 1; run <= 3; run++) {
			assertThat(state.run()).isEqualTo(run * 333L);
		}
		state.close();
	}

	@ParameterizedTest
	@EnumSource
	void loopIsNotEnteredAtTheLimit(CountingType type) {
		try (Counting counting = type.open()) {
			assertThat(counting.run(0, 0)).isZero();
			assertThat(counting.run(0, 1)).isEqualTo(1);
			assertThat(counting.run(1, 1)).isEqualTo(1);
		}
	}

	@Test
	void runHasAsManyStepsAsItsWorkflowAllows() {
		assertThat(Counting.STEPS).isEqualTo(1000);
		try (Counting counting = TheusCounting.byWorkflow()) {
			assertThat(counting.run(0, Counting.ITERATIONS)).isEqualTo(Counting.ITERATIONS);
			assertThatExceptionOfType(FluxSafetyTripException.class)
				.isThrownBy(() -> counting.run(Counting.ITERATIONS, 2 * Counting.ITERATIONS + 1));
		}
	}

	@Test
	void runThatEndsElsewhereIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> CountingState.run((from, limit) -> limit - 1, 333))
			.withMessage("run has not ended at its limit: limit=666, counter=665, do not count this measurement");
	}

	@Test
	void wrongBranchIsRefused() {
		assertThat(Increment.even(4)).isEqualTo(5);
		assertThat(Increment.odd(5)).isEqualTo(6);
		assertThatIllegalStateException().isThrownBy(() -> Increment.even(5))
			.withMessage("wrong branch was taken: counter=5, do not count this measurement");
		assertThatIllegalStateException().isThrownBy(() -> Increment.odd(4))
			.withMessage("wrong branch was taken: counter=4, do not count this measurement");
	}

}
