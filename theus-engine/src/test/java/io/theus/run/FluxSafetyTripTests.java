package io.theus.run;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.theus.workflow.Workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FluxSafetyTripTests {

	@Test
	void loopOverOneProcessCostsOneAndTwoForEachIteration() {
		for (int iterations = 0; iterations < 20; iterations++) {
			assertThat(trips(iterations, 1 + 2 * iterations)).as("iterations=%d", iterations).isFalse();
			if (iterations > 0) {
				assertThat(trips(iterations, 2 * iterations)).as("iterations=%d", iterations).isTrue();
			}
		}
	}

	private static boolean trips(int iterations, int maxOps) {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.run("name: a\nmax-ops: " + maxOps + "\nsteps: [{ flux: while, condition: \"domain.get('n', 0) < "
					+ iterations + "\", do: [increment] }]");
			return false;
		}
		catch (FluxSafetyTripException ex) {
			return true;
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, spin", "2, spin", "10000, spin" })
	void limitOfTheEngineHoldsWhereTheWorkflowSaysNothing(long maxOps, String step) {
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(maxOps, false, List.of()))) {
			fixture.add("name: a\nsteps: [{ flux: while, id: spin, condition: true, do: [] }]");
			assertThatExceptionOfType(FluxSafetyTripException.class).isThrownBy(() -> fixture.workflows().run("a"))
				.satisfies((ex) -> {
					assertThat(ex.workflow()).isEqualTo("a");
					assertThat(ex.step()).isEqualTo(step);
					assertThat(ex.operations()).isEqualTo(maxOps + 1);
					assertThat(ex.maxOps()).isEqualTo(maxOps);
				})
				.withMessage("workflow 'a' was stopped at step 'spin' by its limit of operations: operations="
						+ (maxOps + 1) + ", max-ops=" + maxOps + ", end the loop or raise max-ops");
		}
	}

	@Test
	void defaultLimitIsTenThousand() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: a\nsteps: [{ flux: while, condition: true, do: [{ flux: run, steps: [] }] }]");
			assertThatExceptionOfType(FluxSafetyTripException.class).isThrownBy(() -> fixture.workflows().run("a"))
				.satisfies((ex) -> assertThat(ex.operations()).isEqualTo(10_001));
		}
	}

	@Test
	void tripFailsAStartedRunAndKeepsItsCommits() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: a\nmax_ops: 10\nsteps: [{ flux: while, condition: true, do: [increment] }]");
			Run run = fixture.workflows().start("a").await();
			assertThat(run.state()).isEqualTo(RunState.FAILED);
			assertThat(run.error()).containsInstanceOf(FluxSafetyTripException.class);
			assertThat(fixture.state("domain.n")).isEqualTo(4L);
		}
	}

	@Test
	void everyRunCountsForItself() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: a\nmax-ops: 2\nsteps: [increment, increment]");
			fixture.workflows().run("a");
			assertThat(fixture.workflows().run("a").state()).isEqualTo(RunState.COMPLETED);
		}
	}

	@Test
	void limitIsAtLeastOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new WorkflowSettings(0, false, List.of()))
			.withMessage("max-ops is too small: max-ops=0, use 1 or more");
		assertThatIllegalArgumentException().isThrownBy(() -> Workflow.named("a").maxOps(-1));
	}

}
