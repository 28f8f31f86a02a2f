package io.theus.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.signal.Signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the parts of runs on their own, where the order of events can be chosen.
 */
@Timeout(60)
class RunPartsTests {

	private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private void runTasks() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	@Test
	void keptSignalIsTakenOnce() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add(
					"name: a\nsteps: [{ flux: wait, id: w0, signal: cmd_begin }, { flux: wait, id: w1, signal: cmd_go },"
							+ " { flux: wait, id: w2, signal: cmd_go }]");
			Run run = fixture.workflows().start("a");
			run.signal("cmd_go", 1);
			run.signal("cmd_begin", null);
			await().untilAsserted(() -> assertThat(run.results()).containsKey("w1"));
			await().untilAsserted(() -> assertThat(run.state()).isEqualTo(RunState.WAITING));
			assertThat(run.results()).doesNotContainKey("w2");
		}
	}

	@Test
	void branchesAndIterationsSeeResultsFromAround() {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			Run run = fixture.run("""
					name: a
					steps:
					  - { process: echo, id: outer, with: { value: 5 } }
					  - flux: parallel
					    id: p
					    branches:
					      - - flux: for-each
					          in: "#{[1, 2]}"
					          as: n
					          do: [ { process: echo, id: inner, with: { value: "#{results.outer + n}" } } ]
					""");
			assertThat(run.results()).containsEntry("inner", 7L);
		}
	}

	@Test
	void signalThatIsOnItsWayWhenAWaitBeginsIsForOthers() {
		SignalRoutes routes = new SignalRoutes(this.tasks::add);
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: a\nsteps: [{ flux: wait, id: w, signal: cmd_go }]");
			Run first = fixture.workflows().start("a");
			Run second = fixture.workflows().start("a");
			for (Run run : List.of(first, second)) {
				await().untilAsserted(() -> assertThat(run.state()).isEqualTo(RunState.WAITING));
			}
			Runnable undo = routes.add(wait(first));
			routes.published(Signal.of("cmd_go", 1));
			routes.add(wait(second));
			runTasks();
			undo.run();
			assertThat(first.state()).isNotEqualTo(RunState.WAITING);
			assertThat(second.state()).isEqualTo(RunState.WAITING);
			routes.published(Signal.of("cmd_go", 2));
			runTasks();
			await().untilAsserted(() -> assertThat(second.results()).isEqualTo(Map.of("w", 2)));
		}
	}

	private static SignalWait wait(Run run) {
		return assertThat(run.control().signals()).extracting("mailbox.waits")
			.asInstanceOf(InstanceOfAssertFactories.list(SignalWait.class))
			.actual()
			.get(0);
	}

	@Test
	void commitDuringALookLeadsToAnother() {
		StateWatch watch = new StateWatch(this.tasks::add);
		int[] looks = new int[1];
		watch.add(() -> {
			looks[0]++;
			if (looks[0] == 1) {
				watch.changed();
			}
		});
		watch.changed();
		watch.changed();
		assertThat(this.tasks).hasSize(1);
		runTasks();
		assertThat(looks[0]).isEqualTo(2);
	}

	@Test
	void waitThatBeginsWhileTheRunIsCancelledEndsAtOnce() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			fixture.add("name: a\nsteps: [{ flux: wait, signal: never, timeout: \"#{'1' + 'h'}\" }]");
			fixture.beforeEvaluation(() -> fixture.workflows().runs().forEach(Run::cancel));
			assertThat(fixture.workflows().start("a").await().state()).isEqualTo(RunState.CANCELLED);
		}
	}

	@Test
	void storeKeepsTheLastOnesThatHaveEnded() {
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(100, false, List.of(), 2))) {
			fixture.add("name: a\nsteps: [{ process: echo, with: { value: 1 } }]");
			for (int i = 0; i < 4; i++) {
				fixture.workflows().run("a", Map.of(), RunOptions.key("k" + i));
			}
			assertThat(fixture.workflows().runs()).extracting((run) -> run.key().orElseThrow())
				.containsExactly("k2", "k3");
			assertThat(fixture.workflows().find("a", "k1")).isEmpty();
			assertThat(fixture.workflows().find("a", "k3")).isPresent();
		}
	}

	@Test
	void whatWasSentBeforeAStepBeganGoesWithItsCommit() {
		SignalSet seen = SignalSet.NONE.with("early", 1, 1).with("late", 2, 2);
		assertThat(seen.after(1, List.of(), 3).seen(Map.of("sent", new SignalSet.Entry(5, 1))))
			.isEqualTo(Map.of("late", 2));
		assertThat(seen.after(2, List.of(), 3).seen(Map.of("sent", new SignalSet.Entry(5, 3))))
			.isEqualTo(Map.of("sent", 5));
	}

}
