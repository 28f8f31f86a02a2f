package io.theus.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.run.StepVisit.Outcome;
import io.theus.run.WorkflowFixture.OutOfStock;
import io.theus.state.Snapshot;
import io.theus.workflow.InvalidWorkflowException;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class RunTests {

	private static final String HOLD_THEN_INCREMENT = "name: held\nsteps: [hold, increment]";

	@Test
	void startDoesNotBlock() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add(HOLD_THEN_INCREMENT);
			Run run = fixture.workflows().start("held");
			fixture.awaitGate();
			assertThat(run.state()).isEqualTo(RunState.RUNNING);
			assertThat(run.await(Duration.ofMillis(1))).isFalse();
			fixture.openGate();
			assertThat(run.await(Duration.ofSeconds(30))).isTrue();
			assertThat(run.await()).isSameAs(run);
			assertThat(run.state()).isEqualTo(RunState.COMPLETED);
			assertThat(run.result()).isEqualTo(101L);
			assertThat(run.error()).isEmpty();
		}
	}

	@Test
	void everyRunHasItsOwnIdentity() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: a\nsteps: [{ process: echo, with: { value: '#{run.id} of #{run.workflow}' } }]");
			Run first = fixture.workflows().run("a");
			Run second = fixture.workflows().run("a");
			assertThat(first.id()).isNotEqualTo(second.id());
			assertThat(first.result()).isEqualTo(first.id() + " of a");
			assertThat(first).hasToString("run '" + first.id() + "' of workflow 'a', state=COMPLETED");
		}
	}

	@Test
	void failingStepKeepsWhatEarlierStepsCommitted() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: a\nsteps: [increment, reserve, increment]");
			assertThatExceptionOfType(OutOfStock.class).isThrownBy(() -> fixture.workflows().run("a"))
				.withMessage("none left");
			assertThat(fixture.state("domain.n")).isEqualTo(1L);
		}
	}

	@Test
	void errorOfAStartedRunIsTheStepsErrorUnchanged() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			OutOfStock error = new OutOfStock("mine");
			fixture.process("stock.fail", (spec) -> spec.error(OutOfStock.class).body((state, args) -> {
				throw error;
			}));
			fixture.add("name: a\nsteps: [increment, { flux: run, steps: [stock.fail] }, increment]");
			Run run = fixture.workflows().start("a").await();
			assertThat(run.state()).isEqualTo(RunState.FAILED);
			assertThat(run.error()).containsSame(error);
			assertThat(run.results()).isEqualTo(Map.of("increment", 1L));
			assertThat(run.history()).containsExactly(new StepVisit("increment", "steps[0]", Outcome.COMPLETED, null),
					new StepVisit("steps[1]", "steps[1]", Outcome.ENTERED, "steps"),
					new StepVisit("fail", "steps[1].steps[0]", Outcome.FAILED, null));
			assertThat(fixture.state("domain.n")).isEqualTo(1L);
		}
	}

	@Test
	void errorOfTheJvmFailsTheRunAsWell() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			StackOverflowError error = new StackOverflowError();
			fixture.process("deep", (spec) -> spec.body((state, args) -> {
				throw error;
			}));
			fixture.add("name: a\nsteps: [deep]");
			assertThat(fixture.workflows().start("a").await().error()).containsSame(error);
		}
	}

	@Test
	void cancelEndsTheRunBetweenSteps() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add(HOLD_THEN_INCREMENT);
			Run run = fixture.workflows().start("held");
			fixture.awaitGate();
			assertThat(run.cancel()).isTrue();
			assertThat(run.state()).isEqualTo(RunState.RUNNING);
			fixture.openGate();
			assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
			assertThat(fixture.state("domain.n")).isEqualTo(100L);
			assertThat(run.history()).extracting(StepVisit::step).containsExactly("hold");
			assertThat(run.error()).isEmpty();
			assertThat(run.cancel()).isFalse();
		}
	}

	@Test
	void cancelDuringTheLastStepComesTooLate() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: held\nsteps: [{ flux: if, condition: true, then: [{ flux: run, steps: [hold] }] }]");
			Run run = fixture.workflows().start("held");
			fixture.awaitGate();
			assertThat(run.cancel()).isTrue();
			fixture.openGate();
			assertThat(run.await().state()).isEqualTo(RunState.COMPLETED);
			assertThat(fixture.state("domain.n")).isEqualTo(100L);
		}
	}

	@Test
	void cancelEndsALoopBeforeItsNextIteration() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: held\nsteps: [{ flux: while, condition: true, do: [{ flux: run, steps: [hold] }] }]");
			Run run = fixture.workflows().start("held");
			fixture.awaitGate();
			run.cancel();
			fixture.openGate();
			assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
			assertThat(run.history()).extracting(StepVisit::outcome)
				.containsExactly(Outcome.ENTERED, Outcome.ENTERED, Outcome.COMPLETED);
		}
	}

	@Test
	void cancelBeforeTheFirstStepRunsNothing() throws InterruptedException {
		List<RunState> states = new CopyOnWriteArrayList<>();
		WorkflowObserver observer = (run, state) -> {
			states.add(state);
			run.cancel();
		};
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(100, false, List.of(observer)))) {
			fixture.add("name: a\nsteps: [increment]");
			assertThat(fixture.workflows().start("a").await().state()).isEqualTo(RunState.CANCELLED);
			assertThat(fixture.state("domain.n")).isNull();
			assertThat(states).containsExactly(RunState.PENDING, RunState.CANCELLED);
		}
	}

	@Test
	void cancelEndsALoopWithoutSteps() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: a\nmax-ops: 1000000000000\nsteps: [{ flux: while, condition: true, do: [] }]");
			Run run = fixture.workflows().start("a");
			run.cancel();
			assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
		}
	}

	@Test
	void historyKeepsTheLastVisits() {
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(100_000, false, List.of()))) {
			fixture.set(Map.of("domain.n", 0L));
			fixture.add("name: a\nsteps: [{ flux: while, condition: domain.n < 6000, do: [increment] }, { process: "
					+ "echo, with: { value: 1 } }]");
			List<StepVisit> history = fixture.workflows().run("a").history();
			assertThat(history).hasSize(10_000);
			assertThat(history.get(9_999).step()).isEqualTo("echo");
		}
	}

	@Test
	void observersHearOfChangesInOrderAndBeforeThoseWhoWait() throws InterruptedException {
		List<String> heard = new ArrayList<>();
		AtomicReference<Run> seen = new AtomicReference<>();
		WorkflowObserver observer = (run, state) -> {
			seen.set(run);
			heard.add(state + " " + run.results().keySet());
			assertThat(run.state()).isEqualTo(state);
		};
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(100, false, List.of(observer)))) {
			fixture.add("name: a\nsteps: [increment]");
			Run run = fixture.workflows().start("a").await();
			assertThat(heard).containsExactly("PENDING []", "RUNNING []", "COMPLETED [increment]");
			assertThat(seen.get()).isSameAs(run);
		}
	}

	@Test
	void observerMayWaitForTheRunThatHasEnded() {
		List<Boolean> ended = new ArrayList<>();
		WorkflowObserver observer = (run, state) -> {
			if (state.isEnded()) {
				ended.add(awaitUnchecked(run));
			}
		};
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(100, false, List.of(observer)))) {
			fixture.run("name: a");
			assertThat(ended).containsExactly(true);
		}
	}

	private static boolean awaitUnchecked(Run run) {
		try {
			return run.await().state().isEnded() && run.await(Duration.ZERO);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void observerThatThrowsDisturbsNobody() {
		List<RunState> heard = new ArrayList<>();
		WorkflowObserver broken = (run, state) -> {
			throw new AssertionError("broken observer");
		};
		WorkflowSettings settings = new WorkflowSettings(100, false, List.of(broken, (run, state) -> heard.add(state)));
		try (WorkflowFixture fixture = new WorkflowFixture(settings); CapturedLog log = new CapturedLog(Run.class)) {
			assertThat(fixture.run("name: a\nsteps: [increment]").state()).isEqualTo(RunState.COMPLETED);
			assertThat(heard).containsExactly(RunState.PENDING, RunState.RUNNING, RunState.COMPLETED);
			assertThat(log.messages()).hasSize(3)
				.last()
				.asString()
				.matches("Observer failed when run '.+' of workflow 'a' became COMPLETED");
		}
	}

	@Test
	void failureOfAStartedRunIsLogged() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture(); CapturedLog log = new CapturedLog(Workflows.class)) {
			fixture.add("name: a\nsteps: [reserve]");
			Run run = fixture.workflows().start("a").await();
			await().untilAsserted(() -> assertThat(log.messages()).containsExactly(
					"Run '" + run.id() + "' of workflow 'a' has failed: io.theus.run.WorkflowFixture$OutOfStock"));
		}
	}

	@Test
	void signalsOfOthersAreNotSeen() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.beforeEvaluation(() -> fixture.engine().transact((tx) -> {
				tx.emit("level", 99);
				return null;
			}));
			Run run = fixture.run("""
					name: a
					steps:
					  - { process: raise, with: { level: 1 } }
					  - { flux: if, condition: signal.level == 1, then: [{ process: echo, with: { value: "#{cmd}" } }] }
					""");
			assertThat(run.result()).isEqualTo(Map.of("cmd_stop", "True", "level", 1L));
		}
	}

	@Test
	void concurrentRunsDoNotSeeEachOthersSignals() throws InterruptedException {
		StringBuilder document = new StringBuilder("name: a\ninputs: { level: integer }\nsteps:\n");
		for (int i = 0; i < 20; i++) {
			document.append("  - raise\n");
			document.append("  - { flux: if, condition: signal.level != inputs.level, then: [reserve] }\n");
		}
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add(document.toString());
			List<Run> runs = new ArrayList<>();
			for (int level = 0; level < 16; level++) {
				runs.add(fixture.workflows().start("a", Map.of("level", level)));
			}
			for (Run run : runs) {
				assertThat(run.await().error()).isEmpty();
				assertThat(run.state()).isEqualTo(RunState.COMPLETED);
			}
		}
	}

	@Test
	void conditionsCannotChangeTheState() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.set(Map.of("domain.items", List.of("a", "b"), "domain.map", Map.of("k", 1)));
			Snapshot before = fixture.head();
			Run run = fixture.run("""
					name: a
					steps:
					  - flux: if
					    condition: len(domain.items) == 2 and domain.map.get('k', 5) == 1 and domain.items + ['c']
					    then: [{ process: echo, with: { value: "#{domain}" } }]
					""");
			assertThat(run.results()).containsKey("echo");
			assertThat(fixture.head()).isSameAs(before);
			for (String call : List.of("domain.items.clear()", "domain.map.put('k', 2)", "domain.n = 3",
					"domain.items.add('c')", "domain.getClass()", "domain.items.pop()")) {
				assertThatExceptionOfType(InvalidWorkflowException.class).as(call)
					.isThrownBy(() -> WorkflowParser
						.parse("steps: [{ flux: if, condition: \"" + call + "\", then: [] }]", "evil.yml"))
					.withMessageContaining("invalid expression");
			}
		}
	}

	@Test
	void conditionsSeeOneSnapshot() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.set(Map.of("domain.n", 0L));
			fixture.beforeEvaluation(() -> fixture.engine().transact((tx) -> {
				tx.update("domain.n", Long.class, (n) -> n + 1);
				return null;
			}));
			Run run = fixture.run("""
					name: a
					steps:
					  - flux: if
					    condition: domain.n != 1
					    then: [reserve]
					    elif: [{ condition: domain.n != 1, then: [reserve] }]
					  - { process: echo, with: { value: ["#{domain.n}", "#{domain.n}"] } }
					""");
			assertThat(run.result()).isEqualTo(List.of(2L, 2L));
		}
	}

	@Test
	void traceLogsStepsExpressionsAndValues() {
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(100, true, List.of()));
				CapturedLog log = new CapturedLog(TraceLog.class)) {
			Run run = fixture.run("""
					name: a
					steps:
					  - { process: add_amount, with: { amount: "#{1 + 1}" } }
					  - { flux: if, id: big, condition: domain.n > 1, then: [] }
					""");
			String prefix = "Run '" + run.id() + "' of workflow 'a', step '";
			assertThat(log.messages()).containsExactly(prefix + "add_amount': #{1 + 1} = 2",
					prefix + "add_amount': arguments of counter.addAmount = {amount=2}",
					prefix + "add_amount': result = 2", prefix + "add_amount': outcome = COMPLETED",
					prefix + "big': domain.n > 1 = true", prefix + "big': outcome = ENTERED then");
		}
	}

	@Test
	void withoutTraceNothingIsLogged() {
		try (WorkflowFixture fixture = new WorkflowFixture(); CapturedLog log = new CapturedLog(TraceLog.class)) {
			fixture.run("name: a\nsteps: [increment]");
			assertThat(log.messages()).isEmpty();
		}
	}

}
