package io.theus.benchmarks.parallel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TasksStateTests {

	private static final int STEPS = 1000;

	@ParameterizedTest
	@EnumSource
	void eachTaskEndsWhereItShould(TasksType type) throws Exception {
		TasksState state = new TasksState();
		state.tasksType = type;
		state.open(STEPS);
		try {
			for (int time = 1; time <= 3; time++) {
				state.choose();
				state.run();
				state.verify();
			}
			state.choose();
			assertThatIllegalStateException().isThrownBy(state::verify)
				.withMessageMatching(
						"tasks have ended elsewhere: expected=\\[.*], ends=\\[.*], " + "do not count this measurement");
		}
		finally {
			state.close();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 2, 9_999, 10_000, 10_001, 1_234_567 })
	void endIsToldWithoutComputing(long steps) {
		assertThat(Computation.run(42, steps)).isEqualTo(Computation.end(42, steps));
	}

	@Test
	void speedIsPlausible() {
		assertThat(Computation.stepsPerMilli()).isBetween(1000L, 100_000_000L);
	}

}
