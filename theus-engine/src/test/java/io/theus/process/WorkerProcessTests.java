package io.theus.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Input;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.contract.InvalidContractException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.parallel.ParallelMode;
import io.theus.parallel.ParallelSettings;
import io.theus.parallel.TransportException;
import io.theus.parallel.WorkerContextException;
import io.theus.parallel.WorkerDiedException;
import io.theus.parallel.WorkerSettings;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Parallel processes in worker JVMs, from the call to the commit.
 */
@SuppressWarnings("FutureReturnValueIgnored")
@Timeout(180)
class WorkerProcessTests {

	private static final ParallelSettings WORKERS = ParallelSettings.DEFAULT.withMode(ParallelMode.PROCESSES)
		.withPoolSize(2)
		.withDrain(Duration.ZERO)
		.withWorkers(
				WorkerSettings.DEFAULT.withJvm("64m", List.of("-XX:TieredStopAtLevel=1", "-XX:ErrorFile=/dev/null"))
					.withLimits(Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ZERO));

	private static final long HERE = ProcessHandle.current().pid();

	private final List<ProcessExecution> executions = Collections.synchronizedList(new ArrayList<>());

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.parallel(WORKERS)
		.processListener(this.executions::add)
		.processes(new Tasks())
		.initialState(() -> Map.of("domain.orders",
				Map.of("o-1", Map.of("total", 5L, "name", "bob"), "o-2", Map.of("total", 7L, "name", "eve")),
				"domain.rate", 3L));

	private @Nullable TheusEngine engine;

	@TempDir
	private Path directory;

	@AfterEach
	void close() throws IOException {
		release();
		if (this.engine != null) {
			this.engine.close();
		}
	}

	private TheusEngine start() {
		TheusEngine made = this.builder.build();
		this.engine = made;
		return made;
	}

	private void release() throws IOException {
		Files.writeString(this.directory.resolve("open"), "");
	}

	private void awaitHeld(int number) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			try (Stream<Path> files = Files.list(this.directory)) {
				return files.filter((file) -> file.getFileName().toString().startsWith("held")).count() == number;
			}
		});
	}

	@Test
	void codeRunsInAWorkerAndTheEngineCommitsWhatItReturns() {
		TheusEngine engine = start();
		assertThat(engine.<Long>execute("tasks.sum", "o-1", 10)).isEqualTo(15L + 3);
		assertThat(engine.state().get("domain.sums.o-1")).isEqualTo(18L);
		assertThat(engine.<Long>execute("tasks.pid")).isNotEqualTo(HERE).isEqualTo(engine.<Long>execute("tasks.pid"));
		assertThat(engine.executeParallel("tasks.pid").join()).isNotEqualTo(HERE);
		assertThat(engine.executeAsync("tasks.pid").join()).isNotEqualTo(HERE);
		assertThat(this.executions).extracting(ProcessExecution::outcome).containsOnly(ProcessOutcome.COMMITTED);
		assertThat(engine.parallel().mode()).isEqualTo(ParallelMode.PROCESSES);
		assertThat(engine.parallel().workers().alive()).isEqualTo(1);
	}

	@Test
	void thereIsNoWorkerBeforeOneIsNeeded() {
		TheusEngine engine = start();
		assertThat(engine.<Long>execute("tasks.here")).isEqualTo(HERE);
		assertThat(engine.parallel().workers()).isNull();
	}

	@Test
	void processThatIsNotDeclaredAsParallelCanBeExecutedInAWorker() {
		assertThat(start().<Long>executeParallel("tasks.here").join()).isNotEqualTo(HERE);
	}

	@Test
	void contextReadsWhatTheInputsCover() {
		TheusEngine engine = start();
		assertThat(engine.<String>execute("tasks.readKeyed", "o-2")).isEqualTo("eve");
		assertThat(engine.<String>execute("tasks.readAll")).isEqualTo("{o-1=5, o-2=7} of 2");
		assertThat(engine.<String>execute("tasks.readTotals")).isEqualTo("5 and 7 of [o-1, o-2]");
		assertThat(engine.<String>execute("tasks.readDeep")).isEqualTo("bob, 3, absent");
		assertThat(engine.<String>execute("tasks.readDeepNames")).isEqualTo("bob eve");
		assertThatExceptionOfType(WorkerContextException.class).isThrownBy(() -> engine.execute("tasks.readUndeclared"))
			.withMessageContaining("read of 'domain.rate' is refused");
	}

	@Test
	void arraysAreMappedInTheWorkerAndNotCopied() {
		TheusEngine engine = start();
		HeavyArray frame = engine.heavy().alloc("frame", DType.FLOAT64, 1000);
		frame.fill(2.5);
		engine.transact((tx) -> {
			tx.set("heavy.frame", frame);
			return true;
		});
		assertThat(engine.<Double>execute("tasks.total")).isEqualTo(2500.0);
	}

	@Test
	void whatTheWorkerWasGivenIsInTheReadSet() throws Exception {
		TheusEngine engine = start();
		CompletableFuture<String> held = engine.executeParallel("tasks.rateWhenOpen", this.directory.toString());
		awaitHeld(1);
		engine.edit("test", (tx) -> tx.set("domain.rate", 4L));
		release();
		assertThat(held.join()).isEqualTo("rate 4 in attempt 2");
	}

	@Test
	void whatItDidNotNeedDoesNotConflict() throws Exception {
		TheusEngine engine = start();
		CompletableFuture<String> held = engine.executeParallel("tasks.rateWhenOpen", this.directory.toString());
		awaitHeld(1);
		engine.edit("test", (tx) -> tx.set("domain.other", 4L));
		release();
		assertThat(held.join()).isEqualTo("rate 3 in attempt 1");
	}

	@Test
	void writesFailInAWorker() {
		TheusEngine engine = start();
		assertThatExceptionOfType(WorkerContextException.class).isThrownBy(() -> engine.execute("tasks.write"))
			.withMessage("set of 'domain.x' is refused: the context of process 'tasks.write' is read-only in a worker, "
					+ "return the value instead or run the process with theus.parallel.mode=threads");
		assertThat(engine.state().contains("domain.x")).isFalse();
	}

	@Test
	void whatTheCodeThrowsReachesTheCaller() {
		TheusEngine engine = start();
		assertThatIllegalArgumentException().isThrownBy(() -> engine.execute("tasks.fail")).withMessage("no stock");
		assertThat(this.executions).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.DECLARED);
	}

	@Test
	void argumentThatCannotBeTransportedIsNamed() {
		TheusEngine engine = start();
		assertThatExceptionOfType(TransportException.class)
			.isThrownBy(() -> engine.execute("tasks.take", new Object[] { new Thread("x") }))
			.withMessageContaining("anything");
	}

	@Test
	void codeThatIsGivenDirectlyIsRefused() {
		this.builder.process("shop.lambda", (spec) -> spec.parallel(true).body((context, arguments) -> 1));
		assertThatExceptionOfType(InvalidContractException.class).isThrownBy(this::start)
			.withMessageContaining(
					"it is parallel and given as code, which no worker has, make it a method of a class, or set theus.parallel.mode=threads");
	}

	@Test
	void codeThatIsGivenDirectlyCannotBeExecutedInAWorker() {
		this.builder.process("shop.lambda", (spec) -> spec.body((context, arguments) -> 1));
		TheusEngine engine = start();
		assertThat(engine.<Integer>execute("lambda")).isEqualTo(1);
		assertThat(engine.executeParallel("lambda")).failsWithin(Duration.ofSeconds(60))
			.withThrowableOfType(ExecutionException.class)
			.havingCause()
			.withMessage(
					"process 'shop.lambda' cannot be executed in a worker: it is given as code, make it a method of a class, or set theus.parallel.mode=threads");
	}

	@Test
	void withinTransactionsInForksAndWhenAsynchronousItStaysHere() {
		TheusEngine engine = start();
		assertThat(engine.<Long>transact((tx) -> engine.execute("tasks.pid"))).isEqualTo(HERE);
		assertThat(engine.<Long>execute("tasks.later")).isEqualTo(HERE);
		try (TheusEngine fork = engine.fork(engine.state().version())) {
			assertThat(fork.<Long>execute("tasks.pid")).isEqualTo(HERE);
		}
		assertThat(engine.parallel().workers()).isNull();
	}

	@Test
	void workersRunSideBySideAndNoMoreThanThereAre() throws Exception {
		TheusEngine engine = start();
		List<CompletableFuture<Object>> all = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			all.add(engine.executeParallel("tasks.neverMind", this.directory.toString()));
		}
		awaitHeld(2);
		assertThat(engine.parallel().active()).isEqualTo(2);
		assertThat(engine.parallel().queued()).isEqualTo(3);
		assertThat(engine.parallel().workers().busy()).isEqualTo(2);
		release();
		assertThat(all.stream().map(CompletableFuture::join)).hasSize(5).containsOnlyNulls();
		assertThat(engine.parallel().workers().started()).isEqualTo(2);
	}

	@Test
	void deathOfAWorkerFailsItsCallOnly() {
		TheusEngine engine = start();
		long version = engine.state().version();
		assertThatExceptionOfType(WorkerDiedException.class).isThrownBy(() -> engine.execute("tasks.die"))
			.withMessageContaining("worker of process 'tasks.die' died")
			.withMessageContaining("exit code=42");
		assertThat(engine.state().version()).isEqualTo(version);
		assertThat(engine.<Long>execute("tasks.pid")).isNotEqualTo(HERE);
		assertThat(engine.parallel().workers().died()).isEqualTo(1);
	}

	@Test
	void workflowCatchesTheDeathOfAWorkerAndGoesOn() {
		this.builder.workflows(WorkflowParser.parse("""
				name: risky
				steps:
				  - process: die
				    catch:
				      WorkerDiedException: [{ process: sum, with: { order: o-1, amount: 1 } }]
				  - { process: sum, with: { order: o-2, amount: 2 } }
				""", "risky.yml"));
		TheusEngine engine = start();
		Run run = engine.workflows().start("risky");
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> run.state().isEnded());
		assertThat(run.state()).isEqualTo(RunState.COMPLETED);
		Map<?, ?> sums = engine.state().get("domain.sums", Map.class);
		assertThat(new TreeMap<Object, Object>(sums)).isEqualTo(Map.of("o-1", 9L, "o-2", 12L));
	}

	@Test
	void timeLimitEndsTheCodeInTheWorker() {
		TheusEngine engine = start();
		assertThatExceptionOfType(TransactionTimeoutException.class)
			.isThrownBy(() -> engine.execute("tasks.tooLong", this.directory.toString()))
			.withMessage("process 'tasks.tooLong' timed out: limit=5000ms, make it shorter or raise its timeout");
		Awaitility.await().until(() -> engine.parallel().active() == 0);
		assertThat(engine.<Long>execute("tasks.pid")).isNotEqualTo(HERE);
		assertThat(this.executions).extracting(ProcessExecution::outcome)
			.containsExactly(ProcessOutcome.TIMEOUT, ProcessOutcome.COMMITTED);
	}

	@Test
	void cancelledExecutionIsInterruptedInItsWorker() {
		TheusEngine engine = start();
		CompletableFuture<String> held = engine.executeParallel("tasks.rateWhenOpen", this.directory.toString());
		awaitHeld(1);
		assertThat(held.cancel(true)).isTrue();
		Awaitility.await().until(() -> engine.parallel().workers().busy() == 0);
		assertThat(this.directory.resolve("interrupted")).exists();
	}

	@Test
	void closingEngineLeavesNoWorker() {
		TheusEngine engine = start();
		CompletableFuture<String> held = engine.executeParallel("tasks.neverMind", this.directory.toString());
		awaitHeld(1);
		List<Long> pids = engine.parallel().workers().pids();
		assertThat(pids).hasSize(1);
		engine.close();
		assertThat(held).failsWithin(Duration.ofSeconds(60))
			.withThrowableOfType(ExecutionException.class)
			.havingCause()
			.withMessage("process 'tasks.neverMind' cannot be executed: the engine is closed");
		assertThat(pids).noneMatch((pid) -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
	}

	static class Tasks {

		@Process(parallel = true)
		long pid() {
			return ProcessHandle.current().pid();
		}

		@Process
		long here() {
			return ProcessHandle.current().pid();
		}

		@Process(parallel = true)
		CompletableFuture<Long> later() {
			return CompletableFuture.completedFuture(ProcessHandle.current().pid());
		}

		@Process(parallel = true, semantic = Semantic.PURE, inputs = "domain.rate", outputs = "domain.sums.{order}")
		long sum(String order, int amount, @Input("domain.orders.{order}.total") long total, ProcessContext context) {
			return total + amount + context.get("domain.rate", Long.class);
		}

		@Process(parallel = true, inputs = "heavy.frame")
		double total(ProcessContext context) {
			return context.heavy("frame").sum();
		}

		@Process(parallel = true, inputs = "domain.orders.{order}")
		String readKeyed(String order, ProcessContext context) {
			return context.get("domain.orders." + order + ".name", String.class);
		}

		@Process(parallel = true, inputs = "domain.orders.*")
		String readAll(ProcessContext context) {
			Map<String, Object> totals = new TreeMap<>();
			Map<?, ?> orders = context.get("domain.orders", Map.class);
			orders.forEach((key, value) -> totals.put((String) key, ((Map<?, ?>) value).get("total")));
			return totals + " of " + orders.size();
		}

		@Process(parallel = true, inputs = "domain.orders.*.total")
		String readTotals(ProcessContext context) {
			return context.get("domain.orders.o-1.total") + " and " + context.get("domain.orders.o-2.total") + " of "
					+ new TreeSet<>(context.keys("domain.orders"));
		}

		@Process(parallel = true, inputs = "domain.**")
		String readDeep(ProcessContext context) {
			return context.get("domain.orders.o-1.name") + ", " + context.get("domain.rate") + ", "
					+ (context.contains("domain.none") ? "present" : "absent");
		}

		@Process(parallel = true, inputs = "domain.**.name")
		String readDeepNames(ProcessContext context) {
			return context.get("domain.orders.o-1.name") + " " + context.get("domain.orders.o-2.name");
		}

		@Process(parallel = true, inputs = "domain.orders")
		Object readUndeclared(ProcessContext context) {
			return context.get("domain.rate");
		}

		@Process(parallel = true, outputs = "domain.x")
		void write(ProcessContext context) {
			context.set("domain.x", 1);
		}

		@Process(parallel = true, errors = IllegalArgumentException.class)
		void fail() {
			throw new IllegalArgumentException("no stock");
		}

		@Process(parallel = true)
		void take(Object anything) {
			throw new IllegalStateException("never called");
		}

		@Process(parallel = true)
		void die() {
			Runtime.getRuntime().halt(42);
		}

		@Process(parallel = true, inputs = "domain.rate", outputs = "domain.held.{directory}")
		@Output("domain.held.{directory}")
		String rateWhenOpen(String directory, ProcessContext context) throws IOException {
			hold(Path.of(directory), true);
			return "rate " + context.get("domain.rate") + " in attempt " + context.attempt();
		}

		@Process(parallel = true, timeout = "5s")
		void tooLong(String directory) throws IOException {
			hold(Path.of(directory), true);
		}

		@Process(parallel = true)
		void neverMind(String directory) throws IOException {
			hold(Path.of(directory), false);
		}

		// In another JVM nothing but files tells that the test goes on
		private static void hold(Path directory, boolean obedient) throws IOException {
			Files.createTempFile(directory, "held", "");
			while (!Files.exists(directory.resolve("open"))) {
				if (obedient && Thread.currentThread().isInterrupted()) {
					Files.writeString(directory.resolve("interrupted"), "");
					throw new IllegalStateException("interrupted");
				}
				Thread.onSpinWait();
			}
		}

	}

}
