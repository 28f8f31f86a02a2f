package io.theus.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.annotation.Process;
import io.theus.run.StepVisit.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what happens to a run at the same time: branches that end and fail, observers
 * that interfere, an engine that is closed.
 */
@Timeout(60)
class RunControlTests {

	private final List<RunState> heard = new CopyOnWriteArrayList<>();

	private final AtomicBoolean toldWithLock = new AtomicBoolean();

	private volatile WorkflowObserver observer = (run, state) -> {
	};

	private final WorkflowFixture fixture = new WorkflowFixture(
			new WorkflowSettings(10_000, false, List.of((run, state) -> {
				if (Thread.holdsLock(run.control().branches())) {
					this.toldWithLock.set(true);
				}
				this.heard.add(state);
				this.observer.stateChanged(run, state);
			})));

	private final CompletableFuture<Object> outside = new CompletableFuture<>();

	private final ExecutorService others = Executors.newCachedThreadPool();

	@AfterEach
	void close() {
		this.fixture.close();
		this.others.shutdownNow();
		assertThat(this.toldWithLock).isFalse();
	}

	private Run start(String text) {
		return this.fixture.workflows().start(this.fixture.add(text).name());
	}

	private void awaitState(Run run, RunState state) {
		await().untilAsserted(() -> assertThat(run.state()).isEqualTo(state));
	}

	@Test
	void branchThatFailsAfterAnotherHasWonDoesNotStopTheRun() throws InterruptedException {
		this.fixture.register(new Remote());
		Run run = start(
				"""
						name: a
						steps:
						  - flux: parallel
						    id: race
						    join: any
						    branches: [ [ remote, increment ], [ { flux: wait, signal: cmd_win }, { process: echo, with: { value: won } } ] ]
						  - { process: echo, id: after, with: { value: "#{results.race}" } }
						""");
		awaitState(run, RunState.WAITING_IO);
		run.signal("cmd_win", null);
		await().untilAsserted(() -> assertThat(run.history()).extracting(StepVisit::step).contains("echo"));
		awaitState(run, RunState.WAITING_IO);
		this.outside.completeExceptionally(new IllegalStateException("too late"));
		assertThat(run.await().state()).isEqualTo(RunState.COMPLETED);
		assertThat(run.result()).isEqualTo("won");
		assertThat(run.error()).isEmpty();
		assertThat(this.fixture.state("domain.n")).isNull();
	}

	@Test
	void loserWithBranchesOfItsOwnLeavesWithThem() throws InterruptedException {
		Run run = start(
				"""
						name: a
						steps:
						  - flux: parallel
						    join: any
						    branches:
						      - - { flux: parallel, branches: [ [ { flux: wait, signal: never } ], [ { flux: sleep, for: 1h } ] ] }
						        - increment
						      - - { flux: wait, signal: cmd_win }
						  - increment
						""");
		awaitState(run, RunState.WAITING);
		run.signal("cmd_win", null);
		assertThat(run.await().state()).isEqualTo(RunState.COMPLETED);
		assertThat(run.result()).isEqualTo(1L);
	}

	@Test
	void branchThatLeavesWithItsTurnGivesItToOthers() throws InterruptedException {
		Run run = start("""
				name: a
				steps:
				  - flux: parallel
				    join: any
				    branches:
				      - [ hold, { flux: sleep, for: 1h } ]
				      - [ { flux: wait, signal: cmd_second }, increment, { flux: sleep, for: 1h } ]
				      - [ { flux: wait, signal: cmd_win } ]
				  - flux: parallel
				    branches: [ [ { process: increment, id: i1 } ], [ { process: increment, id: i2 } ] ]
				""");
		this.fixture.awaitGate();
		run.signal("cmd_second", null);
		await().untilAsserted(() -> assertThat(run.control().branches()).extracting("turns.line")
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSize(2));
		run.pause();
		this.fixture.openGate();
		awaitState(run, RunState.PAUSED);
		assertThat(run.control().branches()).extracting("turns.line")
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSize(1);
		run.signal("cmd_win", null);
		await().untilAsserted(() -> assertThat(run.control().branches()).extracting("turns.line")
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.isEmpty());
		run.resume();
		assertThat(run.await().state()).isEqualTo(RunState.COMPLETED);
		assertThat(this.fixture.state("domain.n")).isEqualTo(102L);
	}

	@Test
	void incidentMayBeDecidedByAnObserver() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		CountDownLatch waiting = new CountDownLatch(1);
		this.fixture.process("undo", (spec) -> spec.body((state, args) -> {
			waiting.await(10, TimeUnit.SECONDS);
			if (attempts.incrementAndGet() < 3) {
				throw new IllegalStateException("not yet");
			}
			return null;
		}));
		this.observer = (run, state) -> {
			if (state == RunState.INCIDENT) {
				run.resolve(Resolution.RETRY);
			}
		};
		Run run = start("name: a\nsteps: [{ process: increment, compensate: undo }, reserve]");
		CompletableFuture<RunState> awaited = CompletableFuture.supplyAsync(() -> {
			try {
				waiting.countDown();
				return run.await().state();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}, this.others);
		assertThat(awaited.get(20, TimeUnit.SECONDS)).isEqualTo(RunState.FAILED);
		assertThat(this.heard).containsExactly(RunState.PENDING, RunState.RUNNING, RunState.INCIDENT, RunState.RUNNING,
				RunState.INCIDENT, RunState.RUNNING, RunState.FAILED);
	}

	@Test
	void whoWaitsGoesOnAfterObserversHaveHeardOfTheEnd() throws Exception {
		CountDownLatch telling = new CountDownLatch(1);
		CountDownLatch told = new CountDownLatch(1);
		AtomicBoolean finished = new AtomicBoolean();
		this.observer = (run, state) -> {
			if (state.isEnded()) {
				telling.countDown();
				awaitUnchecked(told);
				finished.set(true);
			}
		};
		Run run = start("name: a\nsteps: [increment]");
		assertThat(telling.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(run.state()).isEqualTo(RunState.COMPLETED);
		this.others.execute(told::countDown);
		run.await();
		assertThat(finished).isTrue();
	}

	private static void awaitUnchecked(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void runThatIsClosedWhileItIsUndoneEndsOnceAndUndoesNoMore() throws InterruptedException {
		CountDownLatch undoing = new CountDownLatch(1);
		CountDownLatch closed = new CountDownLatch(1);
		AtomicInteger undone = new AtomicInteger();
		this.fixture.process("undo", (spec) -> spec.body((state, args) -> {
			undone.incrementAndGet();
			undoing.countDown();
			closed.await(10, TimeUnit.SECONDS);
			return null;
		}));
		Run run = start("name: a\nsteps: [{ process: increment, id: a, compensate: undo },"
				+ " { process: increment, id: b, compensate: undo }, reserve]");
		undoing.await(10, TimeUnit.SECONDS);
		this.fixture.close();
		assertThat(run.await().state()).isEqualTo(RunState.FAILED);
		closed.countDown();
		await().untilAsserted(() -> assertThat(run.history()).extracting(StepVisit::outcome)
			.endsWith(Outcome.FAILED, Outcome.COMPENSATED));
		await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(undone).hasValue(1));
		assertThat(this.heard).containsOnlyOnce(RunState.FAILED).endsWith(RunState.FAILED);
		assertThat(run.error())
			.hasValueSatisfying((error) -> assertThat(error).hasMessageEndingWith("the engine is closed"));
	}

	@Test
	void incidentOfAClosedEngineCannotBeDecided() throws InterruptedException {
		this.fixture.process("undo", (spec) -> spec.body((state, args) -> {
			throw new IllegalStateException("broken");
		}));
		Run run = start("name: a\nsteps: [{ process: increment, compensate: undo }, reserve]");
		assertThat(run.await().state()).isEqualTo(RunState.INCIDENT);
		assertThat(run.cancel()).isFalse();
		assertThat(run.pause()).isFalse();
		this.fixture.close();
		assertThat(run.state()).isEqualTo(RunState.FAILED);
		assertThat(run.resolve(Resolution.RETRY)).isFalse();
		assertThat(run.await().state()).isEqualTo(RunState.FAILED);
	}

	@Test
	void pausedRunThatWasCancelledCannotBeResumed() throws InterruptedException {
		Run run = start("name: a\nsteps: [{ flux: wait, signal: never }, increment]");
		awaitState(run, RunState.WAITING);
		assertThat(run.pause()).isTrue();
		assertThat(run.cancel()).isTrue();
		assertThat(run.await().state()).isEqualTo(RunState.CANCELLED);
		assertThat(run.resume()).isFalse();
	}

	@Test
	void compensationMaySignalAndLookAtItsRun() throws InterruptedException {
		CompletableFuture<Run> self = new CompletableFuture<>();
		this.fixture.process("undo", (spec) -> spec.body((state, args) -> {
			Run run = self.get(10, TimeUnit.SECONDS);
			CompletableFuture.runAsync(() -> {
				run.signal("cmd_x", 1);
				run.resolve(Resolution.FAIL);
				run.cancel();
			}, this.others).get(10, TimeUnit.SECONDS);
			return null;
		}));
		Run run = start("name: a\nsteps: [{ process: increment, compensate: undo }, reserve]");
		self.complete(run);
		assertThat(run.await().history()).extracting(StepVisit::outcome)
			.containsExactly(Outcome.COMPLETED, Outcome.FAILED, Outcome.COMPENSATED);
	}

	@Test
	void observersAreToldWithoutTheLockWhenAProcessIsOverAtOnce() throws InterruptedException {
		this.fixture.register(new Remote());
		this.fixture.add("name: a\nsteps: [soon, soon, soon, soon, soon, soon, soon, soon, soon, soon]");
		for (int i = 0; i < 300; i++) {
			assertThat(this.fixture.workflows().start("a").await().state()).isEqualTo(RunState.COMPLETED);
		}
	}

	@Test
	void branchesThatAllRestBeginTheCountAnew() throws InterruptedException {
		Run run = start("""
				name: a
				max-ops: 14
				steps:
				  - flux: parallel
				    branches:
				      - [ { flux: wait, signal: cmd_go }, echo_1, echo_2, echo_3, echo_4, echo_5, echo_6 ]
				      - [ { flux: wait, signal: cmd_first }, echo_a, echo_b, echo_c, echo_d, echo_e, echo_f, echo_g ]
				""".replaceAll("echo_(\\w)", "{ process: echo, id: e$1, with: { value: 1 } }"));
		awaitState(run, RunState.WAITING);
		run.signal("cmd_first", null);
		await().untilAsserted(() -> assertThat(run.history()).extracting(StepVisit::step).contains("eg"));
		awaitState(run, RunState.WAITING);
		run.signal("cmd_go", null);
		assertThat(run.await().state()).isEqualTo(RunState.COMPLETED);
	}

	@Test
	void runThatHasEndedHoldsNoCompensation() throws InterruptedException {
		this.fixture.process("undo", (spec) -> spec.body((state, args) -> null));
		Run run = start("name: a\nsteps: [{ process: increment, compensate: undo }]");
		assertThat(run.await().state()).isEqualTo(RunState.COMPLETED);
		await().untilAsserted(() -> assertThat(run.control().compensations().next()).isNull());
	}

	@Test
	void signalWhoseConditionBreaksDoesNotKeepOthersFromTheirs() throws InterruptedException {
		AtomicBoolean broken = new AtomicBoolean();
		CountDownLatch thrown = new CountDownLatch(1);
		this.fixture.beforeEvaluation(() -> {
			if (broken.get()) {
				thrown.countDown();
				throw new AssertionError("no state");
			}
		});
		Run run = start("name: a\nsteps: [{ flux: wait, id: w, signal: cmd_go, where: payload == 1 }]");
		awaitState(run, RunState.WAITING);
		broken.set(true);
		this.fixture.engine().signals().publish("cmd_go", 1);
		assertThat(thrown.await(10, TimeUnit.SECONDS)).isTrue();
		broken.set(false);
		this.fixture.engine().signals().publish("cmd_go", 1);
		assertThat(run.await(Duration.ofSeconds(10))).isTrue();
	}

	/**
	 * Processes whose value comes later.
	 */
	class Remote {

		@Process(name = "remote")
		CompletableFuture<Object> remote() {
			return RunControlTests.this.outside;
		}

		@Process(name = "soon")
		CompletableFuture<Object> soon() {
			return CompletableFuture.supplyAsync(() -> 1L, RunControlTests.this.others);
		}

	}

}
