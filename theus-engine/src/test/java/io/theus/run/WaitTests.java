package io.theus.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.run.StepVisit.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of runs that wait for signals, conditions and times.
 */
@Timeout(60)
class WaitTests {

	private static final String APPROVAL = """
			name: approval
			inputs: { id: { type: any, default: 1 } }
			steps:
			  - { flux: wait, id: go, signal: cmd_go, where: payload.id == inputs.id }
			  - { process: echo, with: { value: "#{results.go.by}" } }
			""";

	private final WorkflowFixture fixture = new WorkflowFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private Run waiting(String text, Map<String, Object> inputs) {
		Run run = this.fixture.workflows().start(this.fixture.add(text).name(), inputs);
		return awaitState(run, RunState.WAITING);
	}

	private static Run awaitState(Run run, RunState state) {
		await().untilAsserted(() -> assertThat(run.state()).isEqualTo(state));
		return run;
	}

	@Test
	void addressedSignalEndsTheWait() throws InterruptedException {
		Run run = waiting(APPROVAL, Map.of());
		assertThat(run.awaitedSignals()).containsExactly("cmd_go");
		assertThat(run.signal("cmd_other", Map.of("id", 1))).isTrue();
		assertThat(run.signal("cmd_go", Map.of("id", 2, "by", "Bob"))).isTrue();
		assertThat(run.state()).isEqualTo(RunState.WAITING);
		run.signal("cmd_go", Map.of("id", 1, "by", "Ann"));
		assertThat(run.await().result()).isEqualTo("Ann");
		assertThat(run.history()).extracting(StepVisit::outcome)
			.containsExactly(Outcome.WAITING, Outcome.COMPLETED, Outcome.COMPLETED);
		assertThat(run.signal("cmd_go", null)).isFalse();
	}

	@Test
	void signalThatComesBeforeTheWaitIsNotLost() throws InterruptedException {
		this.fixture.add("""
				name: late
				steps:
				  - hold
				  - { flux: wait, id: one, signal: cmd_go, where: payload == 1 }
				  - increment
				  - { flux: wait, id: two, signal: cmd_go }
				""");
		Run run = this.fixture.workflows().start("late");
		this.fixture.awaitGate();
		run.signal("cmd_go", 2);
		run.signal("cmd_go", 1);
		this.fixture.openGate();
		assertThat(run.await().results()).containsEntry("one", 1).containsEntry("two", 2);
	}

	@Test
	void hubSignalReachesTheRunsWhoseConditionHolds() throws InterruptedException {
		this.fixture.add(APPROVAL);
		List<Run> runs = new ArrayList<>();
		for (int id = 0; id < 5; id++) {
			runs.add(awaitState(this.fixture.workflows().start("approval", Map.of("id", id)), RunState.WAITING));
		}
		this.fixture.engine().signals().publish("cmd_go", Map.of("id", 3, "by", "Ann"));
		assertThat(runs.get(3).await().result()).isEqualTo("Ann");
		runs.remove(3);
		assertThat(runs).extracting(Run::state).containsOnly(RunState.WAITING);
	}

	@Test
	void hubSignalFromBeforeTheWaitIsForOthers() {
		this.fixture.engine().signals().publish("cmd_go", Map.of("id", 1));
		Run run = waiting(APPROVAL, Map.of());
		this.fixture.engine().signals().publish("cmd_go", "of another shape");
		assertThat(run.state()).isEqualTo(RunState.WAITING);
	}

	@Test
	void signalOfAStepReachesAnotherRun() throws InterruptedException {
		Run run = waiting("name: a\nsteps: [{ flux: wait, id: w, signal: level }]", Map.of());
		this.fixture.run("name: b\nsteps: [{ process: raise, with: { level: 9 } }]");
		assertThat(run.await().results()).isEqualTo(Map.of("w", 9L));
	}

	@Test
	void waitThatIsOverTakesItsElse() throws InterruptedException {
		Run run = this.fixture.run("""
				name: a
				steps:
				  - flux: wait
				    signal: never
				    timeout: "#{'5' + 'ms'}"
				    then: [reserve]
				    else: [increment]
				""");
		assertThat(run.result()).isEqualTo(1L);
	}

	@Test
	void waitThatIsOverFailsWithoutElse() {
		assertThatExceptionOfType(WaitTimeoutException.class)
			.isThrownBy(() -> this.fixture.run("name: a\nsteps: [{ flux: wait, id: w, signal: never, timeout: 5ms }]"))
			.withMessage("step 'w' of workflow 'a' has waited in vain for signal 'never': timeout=PT0.005S, "
					+ "add 'else' to go on without");
	}

	@Test
	void conditionIsLookedAtWhenTheStateHasChanged() throws InterruptedException {
		Run run = waiting("name: a\nsteps: [{ flux: wait, until: \"domain.get('n', 0) > 2\", then: [increment] }]",
				Map.of());
		this.fixture.set(Map.of("domain.n", 2L));
		this.fixture.set(Map.of("domain.n", 3L));
		assertThat(run.await().result()).isEqualTo(4L);
	}

	@Test
	void conditionSeesWhatIsSentToTheRun() throws InterruptedException {
		Run run = waiting("name: a\nsteps: [{ flux: wait, until: signal.cmd_stop == 'True' }]", Map.of());
		run.signal("cmd_stop", false);
		run.signal("cmd_stop", true);
		assertThat(run.await().state()).isEqualTo(RunState.COMPLETED);
	}

	@Test
	void whatIsSentIsSeenUntilAStepThatBeginsLaterHasCommitted() throws InterruptedException {
		this.fixture
			.add("""
					name: a
					steps:
					  - hold
					  - { flux: if, condition: signal.level == 5, then: [{ process: echo, id: seen, with: { value: yes } }] }
					  - { flux: if, condition: signal.level == 5, then: [{ process: echo, id: stale, with: { value: yes } }] }
					""");
		Run run = this.fixture.workflows().start("a");
		this.fixture.awaitGate();
		run.signal("level", 5);
		this.fixture.openGate();
		assertThat(run.await().results().keySet()).containsExactly("hold", "seen");
	}

	@Test
	void cancelledWaitEndsAtOnce() throws InterruptedException {
		Run run = waiting(APPROVAL, Map.of());
		assertThat(run.cancel()).isTrue();
		assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
		assertThat(run.awaitedSignals()).isEmpty();
	}

	@Test
	void pausedRunRestsBeforeItsNextStep() throws InterruptedException {
		this.fixture.add("name: a\nsteps: [hold, increment]");
		Run run = this.fixture.workflows().start("a");
		this.fixture.awaitGate();
		assertThat(run.pause()).isTrue();
		assertThat(run.state()).isEqualTo(RunState.RUNNING);
		this.fixture.openGate();
		awaitState(run, RunState.PAUSED);
		assertThat(this.fixture.state("domain.n")).isEqualTo(100L);
		assertThat(run.await(Duration.ofMillis(20))).isFalse();
		assertThat(run.resume()).isTrue();
		assertThat(run.await().result()).isEqualTo(101L);
		assertThat(run.resume()).isFalse();
		assertThat(run.pause()).isFalse();
	}

	@Test
	void pausedWaitKeepsWhatItWaitsFor() throws InterruptedException {
		Run run = waiting(APPROVAL, Map.of());
		run.pause();
		assertThat(run.state()).isEqualTo(RunState.PAUSED);
		run.signal("cmd_go", Map.of("id", 1, "by", "Ann"));
		awaitState(run, RunState.PAUSED);
		assertThat(run.results()).doesNotContainKey("echo");
		run.resume();
		assertThat(run.await().result()).isEqualTo("Ann");
	}

	@Test
	void pausedRunCanBeCancelled() throws InterruptedException {
		Run run = waiting(APPROVAL, Map.of());
		run.pause();
		run.cancel();
		assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
	}

	@Test
	void runThatTakesTooLongFails() {
		assertThatExceptionOfType(RunTimeoutException.class)
			.isThrownBy(() -> this.fixture.run("name: a\ntimeout: 10ms\nsteps: [{ flux: wait, signal: never }]"))
			.withMessage("run of workflow 'a' has taken too long: timeout=PT0.01S, raise the timeout or end its waits "
					+ "earlier");
	}

	@Test
	void keyStartsOneRun() throws InterruptedException {
		this.fixture.add(APPROVAL);
		Run first = this.fixture.workflows().start("approval", Map.of(), "k-1");
		Run second = this.fixture.workflows().start("approval", Map.of(), "k-1");
		assertThat(second).isSameAs(first);
		assertThat(this.fixture.workflows().find("approval", "k-1")).containsSame(first);
		assertThat(this.fixture.workflows().find(first.id())).containsSame(first);
		assertThat(this.fixture.workflows().start("approval", Map.of(), "k-2")).isNotSameAs(first);
		first.signal("cmd_go", Map.of("id", 1, "by", "Ann"));
		assertThat(first.await().result()).isEqualTo("Ann");
		assertThat(this.fixture.workflows().start("approval", Map.of(), "k-1")).isSameAs(first);
	}

	@Test
	void signalStartsARun() {
		this.fixture.add("""
				name: started
				inputs: { id: text, n: integer }
				on: { signal: cmd_begin, where: payload.n > 1, key: "#{payload.id}", with: { n: "#{payload.n * 10}" } }
				steps: [{ process: echo, with: { value: "#{inputs.id + str(inputs.n)}" } }]
				""");
		for (int n : List.of(1, 2, 3)) {
			this.fixture.engine().signals().publish("cmd_begin", Map.of("id", "o-1", "n", n));
		}
		await().untilAsserted(() -> assertThat(this.fixture.workflows().find("started", "o-1"))
			.hasValueSatisfying((run) -> assertThat(run.result()).isEqualTo("o-120")));
		assertThat(this.fixture.workflows().runs()).hasSize(1);
	}

	@Test
	void closedEngineEndsWaitingRuns() throws InterruptedException {
		Run run = waiting(APPROVAL, Map.of());
		this.fixture.close();
		assertThat(run.await().state()).isEqualTo(RunState.FAILED);
		assertThat(run.error()).hasValueSatisfying((error) -> assertThat(error)
			.hasMessage("run '%s' of workflow 'approval' has ended: the engine is closed".formatted(run.id())));
	}

	@Test
	void observersHearOfWaits() throws InterruptedException {
		List<RunState> heard = new ArrayList<>();
		WorkflowSettings settings = new WorkflowSettings(100, false, List.of((run, state) -> heard.add(state)));
		try (WorkflowFixture observed = new WorkflowFixture(settings)) {
			observed.add(APPROVAL);
			Run run = awaitState(observed.workflows().start("approval"), RunState.WAITING);
			run.signal("cmd_go", Map.of("id", 1, "by", "Ann"));
			run.await();
			assertThat(heard).containsExactly(RunState.PENDING, RunState.RUNNING, RunState.WAITING, RunState.RUNNING,
					RunState.COMPLETED);
		}
	}

}
