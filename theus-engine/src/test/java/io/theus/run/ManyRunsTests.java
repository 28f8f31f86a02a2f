package io.theus.run;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what many runs need and of what they must not lose.
 */
@Timeout(120)
class ManyRunsTests {

	private static final Logger logger = LoggerFactory.getLogger(ManyRunsTests.class);

	private static final int WAITING = 100_000;

	private static final long GIBIBYTE = 1L << 30;

	private static ConditionFactory soon() {
		return await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
	}

	@Test
	void hundredThousandWaitingRunsFitInAGibibyteAndAllGoOn() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(100, false, List.of(), 0))) {
			fixture.add("""
					name: approval
					inputs: { id: integer }
					steps:
					  - { process: echo, id: before, with: { value: "#{inputs.id}" } }
					  - { flux: wait, id: go, signal: cmd_go, timeout: 1h }
					  - { process: echo, id: after, with: { value: "#{results.before + results.go}" } }
					""");
			int threads = ManagementFactory.getThreadMXBean().getThreadCount();
			long before = used();
			List<Run> runs = new ArrayList<>(WAITING);
			for (int id = 0; id < WAITING; id++) {
				runs.add(fixture.workflows().start("approval", Map.of("id", id)));
				if (id >= 1_000) {
					awaitWaiting(runs.get(id - 1_000));
				}
			}
			runs.forEach(ManyRunsTests::awaitWaiting);
			long bytes = (used() - before) / WAITING;
			logger.warn("bytes per waiting run={} threads={}", bytes,
					ManagementFactory.getThreadMXBean().getPeakThreadCount() - threads);
			assertThat(bytes * WAITING).isLessThan(GIBIBYTE);
			for (int id = 0; id < WAITING; id++) {
				assertThat(runs.get(id).signal("cmd_go", WAITING)).isTrue();
			}
			for (int id = 0; id < WAITING; id++) {
				assertThat(runs.get(id).await().result()).isEqualTo((long) WAITING + id);
			}
			logger.warn("peak threads={}", ManagementFactory.getThreadMXBean().getPeakThreadCount());
			soon().until(() -> fixture.workflows().runs().isEmpty());
		}
	}

	private static void awaitWaiting(Run run) {
		if (run.state() != RunState.WAITING) {
			soon().until(() -> run.state() == RunState.WAITING);
		}
	}

	private static long used() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	@Test
	void signalThatRacesWithItsWaitIsNotLost() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(100, false, List.of(), 0))) {
			fixture.add("name: a\nsteps: [{ flux: wait, id: w, signal: cmd_go, where: payload > 0 }]");
			for (int round = 1; round <= 10_000; round++) {
				Run run = fixture.workflows().start("a");
				for (int i = 0; i < round % 50; i++) {
					Thread.onSpinWait();
				}
				run.signal("cmd_go", round);
				assertThat(run.await(Duration.ofSeconds(20))).as("round=%d %s", round, run).isTrue();
				assertThat(run.result()).isEqualTo(round);
			}
		}
	}

	@Test
	void cancelNeverLeavesHalfAStep() throws Exception {
		ExecutorService others = Executors.newSingleThreadExecutor();
		try (WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(100, false, List.of(), 0))) {
			fixture.process("both", (spec) -> spec.updates("domain.left", "domain.right").body((state, args) -> {
				state.set("domain.left", state.getOrDefault("domain.left", 0L) + 1);
				state.set("domain.right", state.getOrDefault("domain.right", 0L) + 1);
				return null;
			}));
			fixture.process("neither", (spec) -> spec.updates("domain.left", "domain.right").body((state, args) -> {
				state.set("domain.left", state.getOrDefault("domain.left", 0L) - 1);
				state.set("domain.right", state.getOrDefault("domain.right", 0L) - 1);
				return null;
			}));
			fixture.add("name: a\nsteps: [{ process: both, id: s1, compensate: neither },"
					+ " { process: both, id: s2, compensate: neither }, { process: both, id: s3, compensate: neither }]");
			long completed = 0;
			for (int round = 0; round < 3_000; round++) {
				Run run = fixture.workflows().start("a");
				int spins = round % 300;
				CompletableFuture<Boolean> cancelled = CompletableFuture.supplyAsync(() -> {
					for (int i = 0; i < spins * 10; i++) {
						Thread.onSpinWait();
					}
					return run.cancel();
				}, others);
				RunState end = run.await().state();
				cancelled.get();
				completed += (end == RunState.COMPLETED) ? 3 : 0;
				assertThat(end).isIn(RunState.COMPLETED, RunState.CANCELLED);
				assertThat(fixture.head().find("domain.left").orElse(0L)).isEqualTo(completed)
					.isEqualTo(fixture.head().find("domain.right").orElse(0L));
			}
			logger.warn("completed={} of 9000 steps", completed);
		}
		finally {
			others.shutdownNow();
		}
	}

	@Test
	void runsDoNotSeeSignalsOfOthers() throws InterruptedException {
		try (WorkflowFixture fixture = new WorkflowFixture()) {
			String document = """
					name: %s
					inputs: { me: integer }
					steps:
					  - flux: for-each
					    in: "#{[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}"
					    as: n
					    do:
					      - { flux: wait, id: own, signal: cmd_go }
					      - { process: raise, with: { level: "#{results.own}" } }
					      - { flux: if, condition: signal.level != inputs.me or signal.cmd_go is not None, then: [reserve] }
					""";
			fixture.add(document.formatted("first"));
			fixture.add(document.formatted("second"));
			Run first = fixture.workflows().start("first", Map.of("me", 1));
			Run second = fixture.workflows().start("second", Map.of("me", 2));
			for (int i = 0; i < 10; i++) {
				first.signal("cmd_go", 1);
				second.signal("cmd_go", 2);
			}
			assertThat(first.await().error()).isEmpty();
			assertThat(second.await().error()).isEmpty();
			assertThat(List.of(first.state(), second.state())).containsOnly(RunState.COMPLETED);
		}
	}

}
