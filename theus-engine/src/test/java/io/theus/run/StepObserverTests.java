package io.theus.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what is told, timed and counted about runs.
 */
@Timeout(60)
class StepObserverTests {

	private final List<String> heard = new CopyOnWriteArrayList<>();

	private final Map<String, Duration> durations = new ConcurrentHashMap<>();

	private WorkflowFixture observed(StepObserver observer) {
		return new WorkflowFixture(new WorkflowSettings(100, false, List.of(), 2, List.of(observer)));
	}

	private void listen(Run run, StepVisit visit, Duration duration) {
		this.heard.add(visit.step() + " " + visit.outcome());
		this.durations.put(visit.step(), duration);
	}

	@Test
	void stepsAreToldInOrderWithTheTimeThatTheyTook() {
		try (WorkflowFixture fixture = observed(this::listen)) {
			fixture.add("name: a\nsteps: [increment, { flux: if, id: choice, condition: true, then: [{ flux: sleep, "
					+ "id: nap, for: 30ms }] }, { flux: while, id: loop, condition: domain.n < 2, do: [increment] }]");
			fixture.workflows().run("a");
			assertThat(this.heard).containsExactly("increment COMPLETED", "choice ENTERED", "nap COMPLETED",
					"loop ENTERED", "steps[2].do[0] COMPLETED", "loop PASSED");
			assertThat(this.durations.get("nap")).isBetween(Duration.ofMillis(30), Duration.ofSeconds(30));
			assertThat(this.durations.values()).allSatisfy((duration) -> assertThat(duration).isPositive());
		}
	}

	@Test
	void waitIsToldWhenItIsOver() throws InterruptedException {
		try (WorkflowFixture fixture = observed(this::listen)) {
			fixture.add("name: a\nsteps: [{ flux: wait, id: approval, signal: cmd_go }]");
			Run run = fixture.workflows().start("a");
			await().until(() -> run.state() == RunState.WAITING);
			assertThat(this.heard).isEmpty();
			run.signal("cmd_go", null);
			run.await();
			assertThat(this.heard).containsExactly("approval COMPLETED");
		}
	}

	@Test
	void failuresAndWhatIsUndoneAreToldToo() {
		try (WorkflowFixture fixture = observed(this::listen)) {
			fixture.process("undo", (spec) -> spec.body((state, args) -> null));
			fixture
				.add("name: a\nsteps: [{ process: increment, compensate: undo }, { flux: fail, id: stop, error: No }]");
			assertThatExceptionOfType(WorkflowFailureException.class).isThrownBy(() -> fixture.workflows().run("a"));
			assertThat(this.heard).containsExactly("increment COMPLETED", "stop FAILED", "increment COMPENSATED");
		}
	}

	@Test
	void observerThatThrowsDisturbsNobody() {
		StepObserver broken = (run, visit, duration) -> {
			throw new AssertionError("broken");
		};
		WorkflowSettings settings = new WorkflowSettings(100, false, List.of(), 2, List.of(broken, this::listen));
		try (WorkflowFixture fixture = new WorkflowFixture(settings); CapturedLog log = new CapturedLog(Run.class)) {
			fixture.add("name: a\nsteps: [increment]");
			Run run = fixture.workflows().run("a");
			assertThat(run.state()).isEqualTo(RunState.COMPLETED);
			assertThat(this.heard).containsExactly("increment COMPLETED");
			assertThat(log.messages())
				.contains("Observer failed when run '" + run.id() + "' of workflow 'a' had visited step 'increment'");
		}
	}

	@Test
	void runsAreCountedByState() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(100, false, List.of(), 0, List.of()))) {
			fixture.add("name: a\nsteps: [{ flux: wait, signal: cmd_go }]");
			fixture.add("name: b\nsteps: []");
			Workflows workflows = fixture.workflows();
			Run first = workflows.start("a");
			Run second = workflows.start("a");
			await().until(() -> workflows.count(RunState.WAITING) == 2);
			workflows.run("b");
			first.pause();
			await().until(() -> workflows.count(RunState.PAUSED) == 1);
			second.cancel();
			second.await();
			assertThat(workflows.count(RunState.CANCELLED)).isEqualTo(1);
			assertThat(workflows.count(RunState.COMPLETED)).isEqualTo(1);
			for (RunState state : List.of(RunState.PENDING, RunState.RUNNING, RunState.WAITING, RunState.FAILED)) {
				assertThat(workflows.count(state)).as(state.name()).isZero();
			}
		}
	}

	@Test
	void timeOfARunStopsWithIt() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: a\nsteps: [{ flux: sleep, for: 20ms }]");
			Run run = fixture.workflows().start("a");
			run.await();
			Duration elapsed = run.elapsed();
			assertThat(elapsed).isBetween(Duration.ofMillis(20), Duration.ofSeconds(30));
			assertThat(run.elapsed()).isEqualTo(elapsed);
		}
	}

}
