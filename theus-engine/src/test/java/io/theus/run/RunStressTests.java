package io.theus.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.annotation.Process;
import io.theus.run.StepVisit.Outcome;
import io.theus.run.WorkflowFixture.OutOfStock;
import io.theus.state.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs many random workflows at once while others cancel, pause, resume and signal them,
 * and checks what must hold whatever happens.
 */
@Timeout(180)
class RunStressTests {

	private static final Logger logger = LoggerFactory.getLogger(RunStressTests.class);

	private static final Map<RunState, Set<RunState>> FOLLOWING = Map.of(RunState.PENDING,
			EnumSet.of(RunState.RUNNING, RunState.CANCELLED), RunState.RUNNING,
			EnumSet.of(RunState.WAITING, RunState.WAITING_IO, RunState.PAUSED, RunState.INCIDENT, RunState.COMPLETED,
					RunState.FAILED, RunState.CANCELLED),
			RunState.WAITING, EnumSet.of(RunState.RUNNING, RunState.PAUSED), RunState.WAITING_IO,
			EnumSet.of(RunState.RUNNING), RunState.PAUSED, EnumSet.of(RunState.RUNNING, RunState.WAITING),
			RunState.INCIDENT, EnumSet.of(RunState.RUNNING), RunState.COMPLETED, EnumSet.noneOf(RunState.class),
			RunState.FAILED, EnumSet.noneOf(RunState.class), RunState.CANCELLED, EnumSet.noneOf(RunState.class));

	private final Map<Run, List<RunState>> heard = new ConcurrentHashMap<>();

	private final Map<RunState, Integer> ends = new EnumMap<>(RunState.class);

	private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

	private final AtomicLong undoneLater = new AtomicLong();

	private final ScheduledExecutorService others = Executors.newScheduledThreadPool(2);

	private final ScheduledExecutorService outside = Executors.newScheduledThreadPool(2);

	private WorkflowFixture fixture() {
		WorkflowFixture fixture = new WorkflowFixture(new WorkflowSettings(10_000, false, List.of((run, state) -> {
			if (Thread.holdsLock(run.control().branches())) {
				this.wrong.add("told with the lock: " + run);
			}
			this.heard.computeIfAbsent(run, (key) -> new CopyOnWriteArrayList<>()).add(state);
			if (state == RunState.INCIDENT && ThreadLocalRandom.current().nextBoolean()) {
				run.resolve(Resolution.RETRY);
			}
		}), 0));
		for (int slot = 0; slot < 8; slot++) {
			counting(fixture, "work" + slot, "domain.s" + slot, 0);
			counting(fixture, "undo" + slot, "domain.u" + slot, 8);
		}
		fixture.process("pair", (spec) -> spec.updates("domain.left", "domain.right").body((state, args) -> {
			state.set("domain.left", state.getOrDefault("domain.left", 0L) + 1);
			state.set("domain.right", state.getOrDefault("domain.right", 0L) + 1);
			return null;
		}));
		fixture.process("flaky", (spec) -> spec.error(OutOfStock.class).body((state, args) -> {
			if (ThreadLocalRandom.current().nextInt(3) == 0) {
				throw new OutOfStock("by chance");
			}
			return null;
		}));
		fixture.process("bump", (spec) -> spec.argument("n", Object.class)
			.body((state, args) -> (args.get("n") instanceof Number n) ? n.longValue() + 1 : 1L));
		fixture.process("report", (spec) -> spec.emits("level").argument("me", Long.class).body((state, args) -> {
			state.emit("level", args.get("me"));
			return null;
		}));
		fixture.register(new Remote());
		return fixture;
	}

	private void counting(WorkflowFixture fixture, String name, String path, int oneOfFails) {
		fixture.process(name, (spec) -> spec.updates(path).argument("me", Long.class).body((state, args) -> {
			state.set(path, state.getOrDefault(path, 0L) + 1);
			if (oneOfFails > 0 && ThreadLocalRandom.current().nextInt(oneOfFails) == 0) {
				throw new IllegalStateException("an incident by chance");
			}
			return args.get("me");
		}));
	}

	@Test
	void whateverHappensRunsEndAndUndoWhatTheyDid() {
		long seed = Long.getLong("theus.test.seed", System.nanoTime());
		logger.warn("seed={}", seed);
		Random random = new Random(seed);
		long end = System.nanoTime() + Duration.ofSeconds(12).toNanos();
		int rounds = 0;
		int count = 0;
		try {
			while (System.nanoTime() < end) {
				count += round(random, 80);
				rounds++;
			}
		}
		finally {
			this.outside.shutdownNow();
			this.others.shutdownNow();
		}
		logger.warn("rounds={} runs={} ended={}", rounds, count, this.ends);
	}

	private int round(Random random, int number) {
		try (WorkflowFixture fixture = fixture()) {
			List<String> called = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				called.add(fixture.add(RandomWorkflow.document("called" + i, random, List.of())).name());
			}
			List<String> names = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				names.add(fixture.add(RandomWorkflow.document("w" + i, random, called)).name());
			}
			List<Run> runs = new CopyOnWriteArrayList<>();
			long late = System.nanoTime() + Duration.ofMillis(200).toNanos();
			List<Future<?>> disturbing = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				boolean ticks = i == 0;
				disturbing.add(this.others.scheduleWithFixedDelay(
						() -> disturb(fixture, runs, ticks, System.nanoTime() - late > 0), 1, 1,
						TimeUnit.MILLISECONDS));
			}
			for (int me = 0; me < number; me++) {
				runs.add(fixture.workflows().start(names.get(me % names.size()), Map.of("me", me)));
			}
			for (Run run : runs) {
				soon().alias(run.toString()).until(() -> run.state().isEnded());
			}
			disturbing.forEach((each) -> each.cancel(false));
			check(fixture, runs);
			return runs.size();
		}
	}

	private static ConditionFactory soon() {
		return await().atMost(Duration.ofSeconds(30)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
	}

	private void disturb(WorkflowFixture fixture, List<Run> runs, boolean ticks, boolean late) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		try {
			for (Run run : runs) {
				if (!run.state().isEnded()) {
					disturb(fixture, run, late, random);
				}
			}
			if (ticks) {
				fixture.set(Map.of("domain.ticks", random.nextLong(10)));
			}
			checkHalves(fixture);
		}
		catch (RuntimeException ex) {
			this.wrong.add(ex.toString());
		}
	}

	private void checkHalves(WorkflowFixture fixture) {
		Snapshot head = fixture.head();
		if (!head.find("domain.left").equals(head.find("domain.right"))) {
			this.wrong.add("half a step: version=" + head.version());
		}
	}

	private static void disturb(WorkflowFixture fixture, Run run, boolean late, ThreadLocalRandom random) {
		Object me = run.inputs().get("me");
		int what = random.nextInt(100);
		if (what < 40 || late) {
			run.signal("cmd_nudge", me);
			for (String topic : run.awaitedSignals()) {
				send(fixture, run, topic, me, random.nextBoolean());
			}
			run.resolve(Resolution.RETRY);
		}
		if (what > 80) {
			run.pause();
		}
		if (what > 60 || late) {
			run.resume();
		}
		if (what == 50) {
			run.cancel();
		}
	}

	private static void send(WorkflowFixture fixture, Run run, String topic, Object me, boolean toAll) {
		switch (topic) {
			case "cmd_go" -> run.signal(topic, me);
			case "hub" -> {
				if (toAll) {
					fixture.engine().signals().publish(topic, Map.of("to", me));
				}
				else {
					run.signal(topic, Map.of("to", me));
				}
			}
			default -> {
				// Nobody sends it
			}
		}
	}

	private void check(WorkflowFixture fixture, List<Run> runs) {
		assertThat(this.wrong).isEmpty();
		for (Run run : runs) {
			assertThat(run.state().isEnded()).as(run.toString()).isTrue();
			this.ends.merge(run.state(), 1, Integer::sum);
			checkStates(run);
			checkUndone(run);
			run.error()
				.ifPresent((error) -> assertThat(error).as(run.toString())
					.matches((failure) -> failure instanceof OutOfStock || failure.getMessage().startsWith("Planned: "),
							"is expected"));
		}
		assertThat(sum(fixture, "s"))
			.isEqualTo(visits(runs, Outcome.COMPLETED, "work") + visits(runs, Outcome.COMPLETED, "undone"));
		assertThat(sum(fixture, "u") + this.undoneLater.getAndSet(0)).isEqualTo(visits(runs, Outcome.COMPENSATED, ""));
		assertThat(fixture.head().find("domain.left").orElse(0L)).isEqualTo(visits(runs, Outcome.COMPLETED, "pair"))
			.isEqualTo(fixture.head().find("domain.right").orElse(0L));
		soon().untilAsserted(() -> assertThat(fixture.workflows().runs()).isEmpty());
		assertThat(fixture.workflows()).extracting("environment.routes.waits")
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.isEmpty();
		assertThat(fixture.workflows()).extracting("environment.watch.conditions")
			.asInstanceOf(InstanceOfAssertFactories.COLLECTION)
			.isEmpty();
		// The look for calls that take too long may be planned
		soon().untilAsserted(() -> assertThat(fixture.workflows()).extracting("executor.timer.queue")
			.asInstanceOf(InstanceOfAssertFactories.COLLECTION)
			.hasSizeLessThanOrEqualTo(1));
		soon().untilAsserted(() -> assertThat(fixture.workflows()).extracting("executor.unfinished")
			.asInstanceOf(InstanceOfAssertFactories.COLLECTION)
			.isEmpty());
	}

	private void checkStates(Run run) {
		soon().untilAsserted(() -> assertThat(this.heard.get(run)).last().isEqualTo(run.state()));
		List<RunState> states = this.heard.remove(run);
		assertThat(states).first().isEqualTo(RunState.PENDING);
		for (int i = 1; i < states.size(); i++) {
			assertThat(FOLLOWING.get(states.get(i - 1))).as(states.toString()).contains(states.get(i));
		}
	}

	private static void checkUndone(Run run) {
		List<String> undone = ids(run, (visit) -> visit.outcome() == Outcome.COMPENSATED);
		if (run.state() == RunState.COMPLETED) {
			assertThat(undone).isEmpty();
			return;
		}
		List<String> done = ids(run,
				(visit) -> visit.outcome() == Outcome.COMPLETED && visit.step().startsWith("undone_"));
		assertThat(undone).containsExactlyInAnyOrderElementsOf(done);
		Map<String, List<String>> doneByLine = byLine(done);
		Map<String, List<String>> undoneByLine = byLine(undone);
		doneByLine.forEach((line, steps) -> {
			if (line.startsWith("b")) {
				Collections.reverse(steps);
				assertThat(undoneByLine.get(line)).isEqualTo(steps);
			}
		});
	}

	private static List<String> ids(Run run, Predicate<StepVisit> chosen) {
		return run.history().stream().filter(chosen).map(StepVisit::step).toList();
	}

	private static Map<String, List<String>> byLine(Collection<String> steps) {
		return steps.stream()
			.collect(Collectors.groupingBy((step) -> step.split("_", 3)[1], HashMap::new,
					Collectors.toCollection(ArrayList::new)));
	}

	private static long sum(WorkflowFixture fixture, String prefix) {
		long sum = 0;
		for (int slot = 0; slot < 8; slot++) {
			sum += (Long) fixture.head().find("domain." + prefix + slot).orElse(0L);
		}
		return sum;
	}

	private static long visits(List<Run> runs, Outcome outcome, String prefix) {
		return runs.stream()
			.flatMap((run) -> run.history().stream())
			.filter((visit) -> visit.outcome() == outcome && visit.step().startsWith(prefix))
			.count();
	}

	/**
	 * Processes whose value comes later.
	 */
	class Remote {

		@Process(name = "remote")
		CompletableFuture<Object> remote(long me) {
			CompletableFuture<Object> value = new CompletableFuture<>();
			int delay = ThreadLocalRandom.current().nextInt(3);
			CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS, RunStressTests.this.outside)
				.execute(() -> value.complete(me));
			return value;
		}

		@Process(name = "undo_later")
		CompletableFuture<Object> undoLater(long me) {
			return remote(me).thenApply((value) -> {
				RunStressTests.this.undoneLater.incrementAndGet();
				return value;
			});
		}

	}

}
