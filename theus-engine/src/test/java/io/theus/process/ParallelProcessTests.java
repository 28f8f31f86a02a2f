package io.theus.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.ContractVariable;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Propagation;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictDecision;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.parallel.ParallelRejectedException;
import io.theus.parallel.ParallelSettings;
import io.theus.parallel.ParallelStatus;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Parallel processes on the threads of a pool.
 */
@SuppressWarnings("FutureReturnValueIgnored")
@Timeout(120)
class ParallelProcessTests {

	private static final ParallelSettings TWO = ParallelSettings.DEFAULT.withPoolSize(2)
		.withQueueCapacity(2)
		.withDrain(Duration.ofSeconds(60));

	private final List<String> events = Collections.synchronizedList(new ArrayList<>());

	private final List<ProcessExecution> executions = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch open = new CountDownLatch(1);

	private final CountDownLatch interrupted = new CountDownLatch(1);

	private final CyclicBarrier both = new CyclicBarrier(2);

	private final AtomicInteger entered = new AtomicInteger();

	private TheusEngine engine = TheusEngine.builder().build();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.processListener(this.executions::add)
		.parallel(TWO);

	@AfterEach
	void close() {
		this.open.countDown();
		this.engine.close();
	}

	private void parallel(String id, Consumer<ProcessSpec> declaration) {
		this.builder.process(id, declaration.andThen((spec) -> spec.parallel(true)));
	}

	// Waits until the test opens, and says so when it is interrupted
	private void held(String id) {
		parallel(id, (spec) -> spec.outputs("domain." + id).body((context, arguments) -> hold(id, context)));
	}

	private String hold(String id, ProcessContext context) throws InterruptedException {
		this.entered.incrementAndGet();
		this.events.add(id);
		context.set("domain." + id, true);
		try {
			this.open.await(60, TimeUnit.SECONDS);
			return "held";
		}
		catch (InterruptedException ex) {
			this.interrupted.countDown();
			throw ex;
		}
	}

	private void start() {
		this.engine = this.builder.build();
	}

	private void awaitEntered(int number) {
		Awaitility.await().until(() -> this.entered.get() == number);
	}

	private static String kind() {
		return Thread.currentThread().getName().replaceAll("[0-9]+$", "n");
	}

	@Test
	void processRunsInThePoolAndItsCallerWaits() {
		parallel("shop.where", (spec) -> spec.outputs("domain.x").body((context, arguments) -> {
			context.set("domain.x", 1);
			return kind();
		}));
		this.builder.process("shop.here", (spec) -> spec.body((context, arguments) -> kind()));
		start();
		assertThat(this.engine.<String>execute("where")).isEqualTo("theus-parallel-n");
		assertThat(this.engine.state().get("domain.x")).isEqualTo(1);
		assertThat(this.engine.<String>execute("where", Map.of())).isEqualTo("theus-parallel-n");
		assertThat(this.engine.executeAsync("where").join()).isEqualTo("theus-parallel-n");
		assertThat(this.engine.executeParallel("where").join()).isEqualTo("theus-parallel-n");
		assertThat(this.engine.<String>execute("here")).isEqualTo(Thread.currentThread().getName());
		assertThat(this.engine.executeParallel("here").join()).isEqualTo("theus-parallel-n");
		assertThat(this.engine.executeParallel("here", Map.of()).join()).isEqualTo("theus-parallel-n");
		assertThat(this.executions).hasSize(7)
			.extracting(ProcessExecution::outcome)
			.containsOnly(ProcessOutcome.COMMITTED);
		assertThat(this.engine.processes().get("where").isParallel()).isTrue();
		assertThat(this.engine.processes().get("here").isParallel()).isFalse();
	}

	@Test
	void annotatedProcessesAreParallelIfTheySaySo() {
		this.builder.processes(new Shop());
		start();
		assertThat(this.engine.<String>execute("shop.inThePool")).isEqualTo("theus-parallel-n");
		assertThat(this.engine.<String>execute("shop.here")).isEqualTo(Thread.currentThread().getName());
	}

	@Test
	void callersOnDifferentThreadsRunSideBySide() {
		parallel("shop.meet", (spec) -> spec.body((context, arguments) -> this.both.await(60, TimeUnit.SECONDS)));
		start();
		OtherThreads.runAll(2, (number) -> this.engine.execute("meet"));
		Awaitility.await().until(() -> this.engine.parallel().completed() == 2);
	}

	@Test
	void failureOfTheProcessReachesTheCallerUnchanged() {
		IllegalStateException failure = new IllegalStateException("no stock");
		parallel("shop.fail", (spec) -> spec.body((context, arguments) -> {
			throw failure;
		}));
		start();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("fail")).isSameAs(failure);
		assertThat(this.engine.executeParallel("fail")).failsWithin(Duration.ofSeconds(60))
			.withThrowableThat()
			.havingCause()
			.isSameAs(failure);
	}

	@Test
	void nestedCallsNeverWaitForAPlaceOfThePool() {
		for (int i = 0; i < 10; i++) {
			int next = i + 1;
			parallel("shop.nested" + i, (spec) -> spec.body((context, arguments) -> {
				this.events.add(kind());
				return (next < 10) ? this.engine.<Object>execute("nested" + next) : "innermost";
			}));
		}
		start();
		OtherThreads.runAll(4, (number) -> assertThat(this.engine.<String>execute("nested0")).isEqualTo("innermost"));
		assertThat(this.events).hasSize(40).containsOnly("theus-parallel-n");
	}

	@Test
	void nestedExecutionsWithATransactionOfTheirOwnRunRightThere() {
		parallel("shop.inner", (spec) -> spec.propagation(Propagation.REQUIRES_NEW)
			.body((context, arguments) -> Thread.currentThread().getName()));
		parallel("shop.outer", (spec) -> spec.body(
				(context, arguments) -> this.engine.<String>execute("inner").equals(Thread.currentThread().getName())));
		start();
		OtherThreads.runAll(4, (number) -> assertThat(this.engine.<Boolean>execute("outer")).isTrue());
	}

	@Test
	void bodyThatWaitsForAsynchronousCallsOfParallelProcessesDoesNotWaitForItself() {
		parallel("shop.inner", (spec) -> spec.body((context, arguments) -> kind()));
		parallel("shop.outer",
				(spec) -> spec.body((context, arguments) -> this.engine.<String>executeAsync("inner").join()));
		start();
		OtherThreads.runAll(4,
				(number) -> assertThat(this.engine.<String>execute("outer")).isNotEqualTo("theus-parallel-n"));
	}

	@Test
	void listenerOfACommitCallsRightThere() {
		this.builder.commitListener((record) -> {
			if (record.changes().stream().anyMatch((change) -> change.path().toString().equals("domain.trigger"))) {
				this.events.add(this.engine.execute("follow"));
			}
		});
		parallel("shop.follow", (spec) -> spec.outputs("domain.followed").body((context, arguments) -> {
			context.set("domain.followed", true);
			return Thread.currentThread().getName();
		}));
		start();
		this.engine.edit("test", (tx) -> tx.set("domain.trigger", 1));
		assertThat(this.events).containsExactly(Thread.currentThread().getName());
		assertThat(this.engine.state().get("domain.followed")).isEqualTo(true);
	}

	@Test
	void listenerOfAnExecutionCallsRightThere() {
		this.builder.processListener((execution) -> {
			if (execution.process().id().equals("shop.first")) {
				this.events.add(this.engine.execute("second"));
			}
		});
		parallel("shop.first", (spec) -> spec.body((context, arguments) -> Thread.currentThread().getName()));
		parallel("shop.second", (spec) -> spec.body((context, arguments) -> Thread.currentThread().getName()));
		this.builder.parallel(TWO.withPoolSize(1));
		start();
		assertThat(this.engine.<String>execute("first")).isEqualTo(this.events.get(0)).startsWith("theus-parallel-");
	}

	@Test
	void withinATransactionItIsAPartOfThat() {
		parallel("shop.write", (spec) -> spec.outputs("domain.x").body((context, arguments) -> {
			context.set("domain.x", 1);
			return Thread.currentThread().getName();
		}));
		start();
		long version = this.engine.state().version();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.transact((tx) -> {
			assertThat(this.engine.<String>execute("write")).isEqualTo(Thread.currentThread().getName());
			assertThat(tx.get("domain.x")).isEqualTo(1);
			throw new IllegalStateException("roll back");
		}));
		assertThat(this.engine.state().version()).isEqualTo(version);
	}

	@Test
	void parallelExecutionWithinATransactionIsRefused() {
		parallel("shop.write", (spec) -> spec.body((context, arguments) -> 1));
		start();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.engine.transact((tx) -> this.engine.executeParallel("write")))
			.withMessage(
					"process 'shop.write' cannot be executed in parallel within transaction: it would not be part of that transaction, call it, or execute it after the commit");
		assertThat(this.engine.parallel().completed()).isZero();
	}

	@Test
	void conflictsLoseNoIncrement() {
		parallel("shop.increment", (spec) -> spec.updates("domain.n").body((context, arguments) -> {
			int n = context.getOrDefault("domain.n", 0);
			this.events.add("attempt");
			context.set("domain.n", n + 1);
			return n;
		}));
		this.builder.parallel(TWO.withPoolSize(8).withQueueCapacity(1000));
		start();
		List<CompletableFuture<Integer>> all = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			all.add(this.engine.executeParallel("increment"));
		}
		assertThat(all.stream().map(CompletableFuture::join).sorted().toList())
			.isEqualTo(IntStream.range(0, 400).boxed().toList());
		assertThat(this.engine.state().get("domain.n")).isEqualTo(400);
	}

	@Test
	void executionThatWaitsForItsNextAttemptHoldsNoThread() {
		CountDownLatch read = new CountDownLatch(1);
		CountDownLatch changed = new CountDownLatch(1);
		parallel("shop.contended", (spec) -> spec.updates("domain.n").body((context, arguments) -> {
			int n = context.getOrDefault("domain.n", 0);
			read.countDown();
			changed.await(60, TimeUnit.SECONDS);
			context.set("domain.n", n + 1);
			return "attempt " + context.attempt();
		}));
		held("held");
		this.builder.parallel(TWO.withPoolSize(1));
		this.builder.conflictPolicy((failure) -> new ConflictDecision.Wait(Duration.ofMillis(500)));
		start();
		CompletableFuture<String> contended = this.engine.executeParallel("contended");
		await(read);
		CompletableFuture<String> next = this.engine.executeParallel("held");
		this.engine.transact((tx) -> {
			tx.set("domain.n", 10);
			return true;
		});
		changed.countDown();
		awaitEntered(1);
		assertThat(contended).isNotDone();
		this.open.countDown();
		assertThat(contended.join()).isEqualTo("attempt 2");
		assertThat(next.join()).isEqualTo("held");
		assertThat(this.engine.state().get("domain.n")).isEqualTo(11);
	}

	@Test
	void executionThatIsCancelledBeforeItsNextAttemptBeginsIsOverAtOnce() {
		CountDownLatch read = new CountDownLatch(1);
		CountDownLatch changed = new CountDownLatch(1);
		parallel("shop.contended", (spec) -> spec.updates("domain.n").body((context, arguments) -> {
			int n = context.getOrDefault("domain.n", 0);
			read.countDown();
			changed.await(60, TimeUnit.SECONDS);
			context.set("domain.n", n + 1);
			return n;
		}));
		held("held");
		this.builder.parallel(TWO.withPoolSize(1));
		this.builder.conflictPolicy((failure) -> new ConflictDecision.TakeTicket());
		start();
		CompletableFuture<Integer> contended = this.engine.executeParallel("contended");
		await(read);
		this.engine.executeParallel("held");
		this.engine.transact((tx) -> {
			tx.set("domain.n", 10);
			return true;
		});
		changed.countDown();
		awaitEntered(1);
		Awaitility.await().until(() -> this.engine.parallel().queued() == 1);
		assertThat(contended.cancel(true)).isTrue();
		assertThat(this.executions).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CANCELLED);
		assertThat(this.engine.parallel().queued()).isZero();
		assertThat(this.engine.state().get("domain.n")).isEqualTo(10);
	}

	@Test
	void whatFindsNoRoomIsRefused() {
		held("held");
		parallel("shop.more", (spec) -> spec.body((context, arguments) -> 1));
		start();
		List<CompletableFuture<String>> taken = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			taken.add(this.engine.executeParallel("held"));
		}
		awaitEntered(2);
		ParallelStatus status = this.engine.parallel();
		assertThat(status.size()).isEqualTo(2);
		assertThat(status.active()).isEqualTo(2);
		assertThat(status.queued()).isEqualTo(2);
		String message = "process 'shop.more' is refused: size=2 are running, queue=2 are waiting, call it later or raise theus.parallel.pool-size or theus.parallel.queue-capacity";
		assertThat(this.engine.executeParallel("more")).failsWithin(Duration.ofSeconds(60))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ParallelRejectedException.class)
			.withMessage(message);
		assertThatExceptionOfType(ParallelRejectedException.class).isThrownBy(() -> this.engine.execute("more"))
			.withMessage(message);
		assertThat(this.engine.executeAsync("more")).failsWithin(Duration.ofSeconds(60));
		assertThat(this.engine.parallel().rejected()).isEqualTo(3);
		this.open.countDown();
		taken.forEach((each) -> assertThat(each.join()).isEqualTo("held"));
		assertThat(this.engine.<Integer>execute("more")).isEqualTo(1);
	}

	@Test
	void sideEffectsWaitOnThreadsOfTheirOwn() {
		held("held");
		parallel("shop.pay", (spec) -> spec.sideEffects("http:payments").body((context, arguments) -> kind()));
		parallel("shop.wait", (spec) -> spec.sideEffects("http:payments").body((context, arguments) -> {
			this.entered.incrementAndGet();
			return this.open.await(60, TimeUnit.SECONDS);
		}));
		start();
		for (int i = 0; i < 4; i++) {
			this.engine.executeParallel("held");
		}
		awaitEntered(2);
		assertThat(this.engine.<String>execute("pay")).isEqualTo("theus-parallel-waiting-n");
		Awaitility.await().until(() -> this.engine.parallel().waiting() == 0);
		this.engine.executeParallel("wait");
		this.engine.executeParallel("wait");
		awaitEntered(4);
		assertThat(this.engine.parallel().waiting()).isEqualTo(2);
		assertThatExceptionOfType(ParallelRejectedException.class).isThrownBy(() -> this.engine.execute("pay"))
			.withMessageContaining("size=2 are running, queue=0 are waiting");
	}

	@Test
	void cancelledExecutionThatWaitsForAThreadNeverBegins() {
		held("held");
		held("never");
		start();
		this.engine.executeParallel("held");
		this.engine.executeParallel("held");
		awaitEntered(2);
		CompletableFuture<String> queued = this.engine.executeParallel("never");
		assertThat(queued.cancel(true)).isTrue();
		assertThat(this.engine.parallel().queued()).isZero();
		CompletableFuture<String> last = this.engine.executeParallel("held");
		this.open.countDown();
		assertThat(last.join()).isEqualTo("held");
		assertThat(this.events).containsOnly("held");
		assertThat(this.engine.state().contains("domain.never")).isFalse();
	}

	@Test
	void cancelledExecutionIsInterruptedAndCommitsNothing() {
		held("held");
		start();
		CompletableFuture<String> running = this.engine.executeParallel("held");
		awaitEntered(1);
		assertThat(running.cancel(true)).isTrue();
		await(this.interrupted);
		Awaitility.await().until(() -> this.engine.parallel().active() == 0);
		assertThat(this.engine.state().contains("domain.held")).isFalse();
		assertThat(this.executions).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CANCELLED);
	}

	@Test
	void interruptedCallerGivesTheExecutionUp() throws Exception {
		held("held");
		start();
		CompletableFuture<String> outcome = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				this.engine.execute("held");
				outcome.complete("returned");
			}
			catch (CancellationException ex) {
				outcome.complete(ex.getMessage() + ", interrupted=" + Thread.currentThread().isInterrupted());
			}
		}, "caller");
		caller.start();
		awaitEntered(1);
		caller.interrupt();
		assertThat(outcome.get(60, TimeUnit.SECONDS))
			.isEqualTo("process 'held' was given up: the thread that waited for it was interrupted, interrupted=true");
		await(this.interrupted);
		assertThat(this.engine.state().contains("domain.held")).isFalse();
	}

	@Test
	void timeLimitCountsTheWaitForAThread() {
		held("held");
		parallel("shop.late",
				(spec) -> spec.timeout(Duration.ofMillis(50)).body((context, arguments) -> this.events.add("late")));
		start();
		this.engine.executeParallel("held");
		this.engine.executeParallel("held");
		awaitEntered(2);
		assertThatExceptionOfType(TransactionTimeoutException.class).isThrownBy(() -> this.engine.execute("late"))
			.withMessage("process 'shop.late' timed out: limit=50ms, make it shorter or raise its timeout");
		Awaitility.await().until(() -> this.engine.parallel().queued() == 0);
		assertThat(this.events).doesNotContain("late");
	}

	@Test
	void timeLimitInterruptsTheBody() {
		parallel("shop.slow",
				(spec) -> spec.timeout(Duration.ofMillis(50))
					.outputs("domain.slow")
					.body((context, arguments) -> hold("slow", context)));
		start();
		assertThatExceptionOfType(TransactionTimeoutException.class).isThrownBy(() -> this.engine.execute("slow"));
		await(this.interrupted);
		assertThat(this.engine.state().contains("domain.slow")).isFalse();
	}

	@Test
	void closingEngineLetsWhatIsUnderWayEnd() throws Exception {
		held("held");
		start();
		List<CompletableFuture<String>> all = List.of(this.engine.executeParallel("held"),
				this.engine.executeParallel("held"), this.engine.executeParallel("held"));
		awaitEntered(2);
		Thread closing = new Thread(this.engine::close, "closing");
		closing.start();
		Awaitility.await().until(() -> {
			try {
				CompletableFuture<String> more = this.engine.executeParallel("held");
				more.cancel(true);
				return false;
			}
			catch (IllegalStateException ex) {
				this.events.add(ex.getMessage());
				return true;
			}
		});
		assertThat(this.events).contains("process 'held' cannot be executed: the engine is closed");
		assertThat(closing.isAlive()).isTrue();
		this.open.countDown();
		closing.join();
		assertThat(all).allSatisfy((each) -> assertThat(each.get()).isEqualTo("held"));
		assertThat(this.engine.state().contains("domain.held")).isTrue();
	}

	@Test
	void closingEngineInterruptsWhatDoesNotEnd() {
		held("held");
		this.builder.parallel(TWO.withDrain(Duration.ZERO));
		start();
		CompletableFuture<String> first = this.engine.executeParallel("held");
		CompletableFuture<String> second = this.engine.executeParallel("held");
		CompletableFuture<String> third = this.engine.executeParallel("held");
		awaitEntered(2);
		this.engine.close();
		await(this.interrupted);
		assertThat(List.of(first, second, third))
			.allSatisfy((each) -> assertThat(each).failsWithin(Duration.ofSeconds(60))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(IllegalStateException.class)
				.withMessage("process 'held' cannot be executed: the engine is closed"));
		assertThat(this.entered).hasValue(2);
		assertThat(this.engine.state().contains("domain.held")).isFalse();
	}

	@Test
	void contractVariablesOfTheCallerCount() {
		ThreadLocal<String> tenant = ThreadLocal.withInitial(() -> "nobody");
		this.builder.contractVariables(ContractVariable.of("tenant", tenant::get));
		parallel("shop.mine", (spec) -> spec.outputs("domain.{@tenant}").body((context, arguments) -> {
			context.set("domain.bob", arguments.size());
			return "mine";
		}));
		this.builder.workflows(WorkflowParser.parse("name: mine\nsteps: [mine]", "mine.yml"));
		start();
		tenant.set("bob");
		assertThat(this.engine.<String>execute("mine")).isEqualTo("mine");
		assertThat(this.engine.executeParallel("mine").join()).isEqualTo("mine");
		assertThat(this.engine.executeAsync("mine").join()).isEqualTo("mine");
		assertThat(ended("mine").state()).isEqualTo(RunState.COMPLETED);
		tenant.remove();
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> this.engine.execute("mine"));
	}

	private Run ended(String workflow) {
		Run run = this.engine.workflows().start(workflow);
		Awaitility.await().until(() -> run.state().isEnded());
		return run;
	}

	@Test
	void keyOfTheCallerCounts() {
		parallel("shop.count", (spec) -> spec.updates("domain.n").body((context, arguments) -> {
			int n = context.getOrDefault("domain.n", 0) + 1;
			context.set("domain.n", n);
			return n;
		}));
		start();
		assertThat(this.engine.<Integer>execute(ExecutionKey.of("a"), "count")).isEqualTo(1);
		assertThat(this.engine.<Integer>execute(ExecutionKey.of("a"), "count")).isEqualTo(1);
		assertThat(this.engine.<Integer>execute(ExecutionKey.of("b"), "count")).isEqualTo(2);
	}

	@Test
	void forkOfTheCallerCounts() {
		parallel("shop.write", (spec) -> spec.outputs("domain.x").body((context, arguments) -> {
			context.set("domain.x", kind());
			return kind();
		}));
		start();
		try (TheusEngine fork = this.engine.fork(this.engine.state().version())) {
			assertThat(fork.<String>execute("write")).isEqualTo("theus-parallel-n");
			assertThat(fork.state().get("domain.x")).isEqualTo("theus-parallel-n");
			assertThat(fork.executeParallel("write").join()).isEqualTo("theus-parallel-n");
		}
		assertThat(this.engine.state().contains("domain.x")).isFalse();
	}

	@Test
	void asynchronousProcessBeginsInThePoolAndReturnsAtOnce() {
		this.builder.processes(new Later());
		held("held");
		start();
		this.engine.executeParallel("held");
		this.engine.executeParallel("held");
		awaitEntered(2);
		CompletableFuture<String> value = this.engine.executeAsync("later.value");
		Awaitility.await().until(() -> this.engine.parallel().queued() == 1);
		assertThat(value).isNotDone();
		this.open.countDown();
		assertThat(value.join()).isEqualTo("theus-parallel-n");
		assertThat(this.engine.executeParallel("later.value").join()).isEqualTo("theus-parallel-n");
	}

	@Test
	void branchesOfAWorkflowRunSideBySideAndHoldNoOtherThread() {
		parallel("shop.meet",
				(spec) -> spec.argument("key", String.class)
					.outputs("domain.byKey.{key}")
					.body((context, arguments) -> {
						this.both.await(60, TimeUnit.SECONDS);
						context.set("domain.byKey." + arguments.get("key"), kind());
						return kind();
					}));
		this.builder.workflows(WorkflowParser.parse("""
				name: branches
				steps:
				  - flux: parallel
				    branches:
				      - [{ process: meet, with: { key: left } }]
				      - [{ process: meet, with: { key: right } }]
				""", "branches.yml"), WorkflowParser.parse("""
				name: each
				steps:
				  - flux: for-each
				    in: [a, b, c, d, e, f]
				    parallel: 6
				    do: [{ process: meet, with: { key: "#{item}" } }]
				""", "each.yml"));
		this.builder.parallel(TWO.withQueueCapacity(10));
		start();
		assertThat(ended("branches").state()).isEqualTo(RunState.COMPLETED);
		assertThat(this.engine.state().get("domain.byKey.left")).isEqualTo("theus-parallel-n");
		assertThat(ended("each").state()).isEqualTo(RunState.COMPLETED);
		Map<?, ?> byKey = this.engine.state().get("domain.byKey", Map.class);
		assertThat(byKey).hasSize(8);
	}

	@Test
	void stepThatFindsNoRoomCanBeTriedAgain() {
		held("held");
		parallel("shop.write", (spec) -> spec.outputs("domain.x").body((context, arguments) -> {
			context.set("domain.x", 1);
			return null;
		}));
		this.builder.parallel(TWO.withPoolSize(1).withQueueCapacity(1));
		this.builder.workflows(WorkflowParser.parse("""
				name: patient
				steps:
				  - process: write
				    retry: { attempts: 1000, backoff: 1ms, errors: [ParallelRejectedException] }
				""", "patient.yml"));
		start();
		this.engine.executeParallel("held");
		this.engine.executeParallel("held");
		Run run = this.engine.workflows().start("patient");
		Awaitility.await().until(() -> this.engine.parallel().rejected() > 1);
		this.open.countDown();
		Awaitility.await().until(() -> run.state().isEnded());
		assertThat(run.state()).isEqualTo(RunState.COMPLETED);
		assertThat(this.engine.state().get("domain.x")).isEqualTo(1);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static class Shop {

		@Process(parallel = true)
		String inThePool() {
			return kind();
		}

		@Process
		String here() {
			return Thread.currentThread().getName();
		}

	}

	static class Later {

		@Process(parallel = true)
		CompletableFuture<String> value() {
			return CompletableFuture.completedFuture(kind());
		}

	}

}
