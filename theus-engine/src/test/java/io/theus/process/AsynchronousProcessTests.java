package io.theus.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.ContractVariable;
import io.theus.Isolation;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.StateUpdate;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictDecision;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.run.Run;
import io.theus.state.State;
import io.theus.transaction.TransactionClosedException;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Processes whose value is there later than their method returns.
 */
@Timeout(60)
class AsynchronousProcessTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final Object SILENT = CompletableFuture.completedFuture("later");

	private final List<ProcessExecution> ended = Collections.synchronizedList(new ArrayList<>());

	private final List<CompletableFuture<Object>> promises = Collections.synchronizedList(new ArrayList<>());

	private final List<CompletableFuture<Object>> results = Collections.synchronizedList(new ArrayList<>());

	private final List<ProcessContext> contexts = Collections.synchronizedList(new ArrayList<>());

	private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

	private final List<String> commits = Collections.synchronizedList(new ArrayList<>());

	// Stands for the threads of a library, which must not wait
	private final ExecutorService completer = Executors
		.newSingleThreadExecutor((task) -> new Thread(task, "completer"));

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.processListener(this.ended::add)
		.commitListener((record) -> this.commits.add(Thread.currentThread().getName()))
		.conflicts(new ConflictSettings(20, Duration.ZERO, Duration.ZERO))
		.process("shop.later", (spec) -> spec.updates("domain.a", "domain.b").asyncBody(this::promise));

	private TheusEngine engine;

	@AfterEach
	void close() {
		this.completer.shutdownNow();
		if (this.engine != null) {
			this.engine.close();
		}
	}

	@Test
	void callerHearsOfTheValueAfterTheCommitAndNotBefore() {
		AtomicReference<Object> seen = new AtomicReference<>();
		CompletableFuture<Object> result = begin("later");
		CompletableFuture<?> after = result
			.whenComplete((value, failure) -> seen.set(this.engine.state().find("domain.a").orElse("nothing")));
		this.contexts.get(0).set("domain.a", 1);
		assertThat(result).isNotDone();
		assertThat(this.engine.state().version()).isZero();
		assertThat(this.ended).isEmpty();
		complete(0, "done");
		assertThat(after).succeedsWithin(SOON).isEqualTo("done");
		assertThat(seen).hasValue(1);
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.COMMITTED);
	}

	@Test
	void commitIsMadeByAThreadOfTheEngine() {
		CompletableFuture<Object> result = begin("later");
		completeWith(0, () -> this.contexts.get(0).set("domain.a", 1));
		assertThat(result).succeedsWithin(SOON);
		assertThat(this.commits).hasSize(1).doesNotContain("completer", Thread.currentThread().getName());
		assertThat(this.bodies).as("the first attempt begins where it is called")
			.containsExactly(Thread.currentThread().getName());
	}

	@Test
	void detachedContextIsGuardedUntilTheEndAndDeadAfterIt() {
		CompletableFuture<Object> result = begin("later");
		ProcessContext context = this.contexts.get(0);
		OtherThreads.run(() -> assertThatExceptionOfType(ContractViolationException.class)
			.isThrownBy(() -> context.set("domain.other", 1)));
		complete(0, null);
		assertThat(result).succeedsWithin(SOON);
		assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(() -> context.set("domain.a", 1));
	}

	@Test
	void detachedContextServesSeveralThreadsBesideTheBody() {
		this.builder.process("shop.fork", (spec) -> spec.updates("domain.**").asyncBody((context, arguments) -> {
			ProcessContext detached = context.detach();
			List<CompletableFuture<?>> parts = new ArrayList<>();
			ExecutorService threads = Executors.newFixedThreadPool(4);
			for (int i = 0; i < 4; i++) {
				int part = i;
				parts.add(CompletableFuture.runAsync(() -> {
					for (int k = 0; k < 200; k++) {
						detached.set("domain.m" + part + ".k" + k, k);
					}
				}, threads));
			}
			for (int k = 0; k < 200; k++) {
				context.set("domain.mine.k" + k, k);
			}
			threads.shutdown();
			return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
		}));
		assertThat(begin("fork")).succeedsWithin(SOON);
		for (String map : List.of("m0", "m1", "m2", "m3", "mine")) {
			assertThat(this.engine.state().size("domain." + map)).isEqualTo(200);
		}
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void failureReachesTheCallerUnchangedAndLeavesNothing() {
		IOException failure = new IOException("broken on purpose");
		CompletableFuture<Object> result = begin("later");
		this.contexts.get(0).set("domain.a", 1);
		this.completer.execute(() -> this.promises.get(0).completeExceptionally(new CompletionException(failure)));
		AtomicReference<Throwable> seen = new AtomicReference<>();
		assertThat(result.whenComplete((value, reason) -> seen.set(reason))).failsWithin(SOON);
		assertThat(seen.get()).isSameAs(failure);
		assertThat(this.engine.state().version()).isZero();
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.UNDECLARED);
		assertThat(this.ended.get(0).failure()).isSameAs(failure);
	}

	@Test
	void bodyThatThrowsFailsWhatItsCallerGets() {
		this.builder.process("shop.broken",
				(spec) -> spec.outputs("domain.a").error(IOException.class).asyncBody((context, arguments) -> {
					context.set("domain.a", 1);
					throw new IOException("broken on purpose");
				}));
		assertThat(begin("broken")).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(IOException.class);
		assertThat(this.engine.state().version()).isZero();
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.DECLARED);
	}

	@Test
	void conflictLetsTheBodyRunAgainOnAThreadOfTheEngine() {
		CompletableFuture<Object> result = begin("later");
		this.contexts.get(0).find("domain.a");
		swap("domain.a", "other");
		completeWith(0, () -> this.contexts.get(0).set("domain.b", 1));
		Awaitility.await().until(() -> this.promises.size() == 2);
		assertThat(result).isNotDone();
		assertThat(this.contexts.get(1).get("domain.a")).isEqualTo("other");
		assertThat(this.contexts.get(1).attempt()).isEqualTo(2);
		assertThat(this.contexts.get(1).executionId()).isEqualTo(this.contexts.get(0).executionId());
		complete(1, "second");
		assertThat(result).succeedsWithin(SOON).isEqualTo("second");
		assertThat(this.bodies.get(1)).isNotEqualTo("completer").isNotEqualTo(Thread.currentThread().getName());
		assertThat(this.engine.state().contains("domain.b")).as("written by the first attempt only").isFalse();
		assertThat(this.ended).extracting(ProcessExecution::attempts).containsExactly(2);
	}

	@Test
	void waitAfterAConflictTakesNoThread() {
		this.builder.conflictPolicy((failure) -> new ConflictDecision.Wait(Duration.ofSeconds(1)));
		CompletableFuture<Object> result = begin("later");
		conflict(0);
		long start = System.nanoTime();
		CompletableFuture<Long> completerIsFree = CompletableFuture.supplyAsync(System::nanoTime, this.completer);
		assertThat(completerIsFree.join() - start).isLessThan(Duration.ofMillis(900).toNanos());
		Awaitility.await().until(() -> this.promises.size() == 2);
		assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(900).toNanos());
		complete(1, null);
		assertThat(result).succeedsWithin(SOON);
	}

	@Test
	void asynchronousProcessIsHybridWhereOthersAreRaw() {
		this.builder.isolation(Isolation.RAW);
		CompletableFuture<Object> result = begin("later");
		conflict(0);
		Awaitility.await().until(() -> this.promises.size() == 2);
		this.contexts.get(1).set("domain.a", "second");
		assertThat(this.engine.state().get("domain.a")).isEqualTo("other");
		complete(1, null);
		assertThat(result).succeedsWithin(SOON);
		assertThat(this.engine.state().get("domain.a")).isEqualTo("second");
	}

	@Test
	void lastConflictReachesTheCaller() {
		this.builder.conflictPolicy((failure) -> new ConflictDecision.GiveUp());
		CompletableFuture<Object> result = begin("later");
		conflict(0);
		assertThat(result).failsWithin(SOON)
			.withThrowableThat()
			.withCauseInstanceOf(ConflictException.class)
			.withMessageContaining("attempts=1");
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CONFLICT);
	}

	@Test
	void executionTakesATicketAndPassesItOnAnyThread() {
		this.builder.conflictPolicy((failure) -> new ConflictDecision.TakeTicket());
		CompletableFuture<Object> result = begin("later");
		conflict(0);
		Awaitility.await().until(() -> this.promises.size() == 2);
		ExecutorService threads = Executors.newSingleThreadExecutor();
		CompletableFuture<?> other = CompletableFuture.runAsync(() -> this.engine.transact((tx) -> {
			tx.set("domain.a", "too early");
			return true;
		}), threads);
		assertThatThrownBy(() -> this.engine.compareAndSwap(this.engine.state().version(), Map.of("domain.b", 0)))
			.hasMessageContaining("busy, it is kept by the ticket of process 'shop.later'");
		assertThat(other).isNotDone();
		completeWith(1, () -> this.contexts.get(1).set("domain.a", "mine"));
		assertThat(result).succeedsWithin(SOON);
		assertThat(other).succeedsWithin(SOON);
		threads.shutdown();
		assertThat(this.engine.history().at(2).get("domain.a")).isEqualTo("mine");
		assertThat(this.engine.conflicts(10).line()).isEmpty();
	}

	@Test
	void sideEffectsAreReservedOnAThreadOfTheEngineAndRunOnce() {
		this.builder.process("shop.charge",
				(spec) -> spec.updates("domain.a").sideEffects("http:payments").asyncBody(this::promise));
		CompletableFuture<Object> result = begin("charge");
		Awaitility.await().until(() -> this.promises.size() == 1);
		assertThat(this.bodies.get(0)).isNotEqualTo(Thread.currentThread().getName());
		assertThatThrownBy(() -> this.engine.compareAndSwap(this.engine.state().version(), Map.of("domain.a", 0)))
			.hasMessageContaining("busy, it is kept by the ticket of process 'shop.charge'");
		completeWith(0, () -> this.contexts.get(0).set("domain.a", 1));
		assertThat(result).succeedsWithin(SOON);
		assertThat(this.engine.conflicts(10).line()).isEmpty();
		assertThat(this.promises).hasSize(1);
	}

	@Test
	void cancellingGivesTheAttemptUp() {
		CompletableFuture<Object> result = begin("later");
		this.contexts.get(0).set("domain.a", 1);
		assertThat(result.cancel(true)).isTrue();
		Awaitility.await().until(() -> !this.ended.isEmpty());
		assertThat(this.promises.get(0)).as("what the body returned").isCancelled();
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CANCELLED);
		assertThatExceptionOfType(TransactionClosedException.class)
			.isThrownBy(() -> this.contexts.get(0).set("domain.a", 2));
		assertThat(this.engine.state().version()).isZero();
	}

	@Test
	void callerWhoDoesNotWaitAnyLongerGivesItUpToo() {
		CompletableFuture<Object> result = begin("later");
		assertThat(result.completeExceptionally(new IOException("too slow"))).isTrue();
		Awaitility.await().until(() -> !this.ended.isEmpty());
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CANCELLED);
		complete(0, "late");
		assertThat(this.engine.state().version()).isZero();
	}

	@Test
	void bodyThatIsCancelledIsNoError() {
		CompletableFuture<Object> result = begin("later");
		this.promises.get(0).cancel(true);
		assertThat(result).failsWithin(SOON);
		assertThat(result).isCancelled();
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CANCELLED);
	}

	@Test
	void timeLimitEndsItAndALaterCompletionChangesNothing() {
		this.builder.process("shop.slow",
				(spec) -> spec.updates("domain.a")
					.sideEffects("http:payments")
					.timeout(Duration.ofMillis(100))
					.asyncBody((context, arguments) -> promise(context, arguments).copy()));
		CompletableFuture<Object> result = begin("slow");
		assertThat(result).failsWithin(SOON)
			.withThrowableThat()
			.withCauseInstanceOf(TransactionTimeoutException.class)
			.withMessageContaining("process 'shop.slow' timed out: limit=100ms");
		assertThat(this.engine.conflicts(10).line()).as("released").isEmpty();
		State before = this.engine.state();
		complete(0, "late");
		assertThatExceptionOfType(TransactionClosedException.class)
			.isThrownBy(() -> this.contexts.get(0).set("domain.a", 2));
		assertThat(this.engine.state()).isSameAs(before);
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.TIMEOUT);
	}

	@Test
	void executeWaitsForTheValue() {
		this.builder.process("shop.soon", (spec) -> spec.outputs("domain.a").asyncBody((context, arguments) -> {
			ProcessContext detached = context.detach();
			return CompletableFuture.supplyAsync(() -> {
				detached.set("domain.a", 1);
				return 7;
			}, this.completer);
		}));
		this.engine = this.builder.build();
		assertThat(this.engine.<Integer>execute("soon")).isEqualTo(7);
		assertThat(this.engine.state().get("domain.a")).isEqualTo(1);
		assertThat(this.engine.<Integer>executeAsync("soon")).succeedsWithin(SOON).isEqualTo(7);
	}

	@Test
	void submittedExecutionCanBeCancelled() {
		this.engine = this.builder.build();
		CompletableFuture<Object> result = this.engine.executeAsync("later");
		Awaitility.await().until(() -> this.promises.size() == 1);
		assertThat(this.bodies.get(0)).isNotEqualTo(Thread.currentThread().getName());
		result.cancel(true);
		Awaitility.await().until(() -> !this.ended.isEmpty());
		assertThat(result).isCancelled();
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CANCELLED);
	}

	@Test
	void interruptedCallerGivesItUp() throws InterruptedException {
		this.engine = this.builder.build();
		AtomicReference<Throwable> seen = new AtomicReference<>();
		Thread caller = new Thread(() -> {
			try {
				this.engine.execute("later");
			}
			catch (CancellationException ex) {
				seen.set(ex);
			}
		});
		caller.start();
		Awaitility.await().until(() -> this.promises.size() == 1);
		caller.interrupt();
		caller.join();
		assertThat(seen.get())
			.hasMessage("process 'shop.later' was given up: the thread that waited for it was interrupted");
		Awaitility.await().until(() -> !this.ended.isEmpty());
	}

	@Test
	void stepOfAWorkflowWaitsAndSeesTheSignalsOfItsCommit() {
		this.builder.process("shop.ask", (spec) -> spec.emits("sig_*").asyncBody((context, arguments) -> {
			ProcessContext detached = context.detach();
			return CompletableFuture.runAsync(() -> detached.emit("sig_answer", "yes"), this.completer);
		})).process("shop.act", (spec) -> spec.outputs("domain.acted").body((context, arguments) -> {
			context.set("domain.acted", true);
			return null;
		}));
		this.engine = this.builder.workflows(WorkflowParser.parse("""
				name: ask
				steps:
				  - shop.ask
				  - { flux: if, condition: signal.sig_answer == 'yes', then: [shop.act] }
				""", "ask.yml")).build();
		Run run = this.engine.workflows().run("ask");
		assertThat(run.error()).isEmpty();
		assertThat(this.engine.state().contains("domain.acted")).isTrue();
	}

	@Test
	void asynchronousProcessIsNoPartOfAnother() {
		this.builder.process("shop.outer", (spec) -> spec.outputs("domain.a").body((context, arguments) -> {
			assertThat(this.engine.<Object>executeAsync("later")).isNotDone();
			assertThatIllegalStateException().isThrownBy(() -> this.engine.execute("later"))
				.withMessage(
						"process 'shop.later' is asynchronous and cannot be part of process 'shop.outer', which goes "
								+ "on before it is done: call it with executeAsync for a transaction of its own, or let it return "
								+ "the value itself");
			return null;
		}));
		this.engine = this.builder.build();
		this.engine.execute("outer");
		assertThatIllegalStateException()
			.isThrownBy(() -> this.engine.transact((tx) -> this.engine.<Object>execute("later")));
	}

	@Test
	void synchronousProcessJoinsWhileTheBodyRuns() {
		this.builder.process("shop.part", (spec) -> spec.outputs("domain.part").body((context, arguments) -> {
			context.set("domain.part", context.executionId());
			return null;
		})).process("shop.whole", (spec) -> spec.outputs("domain.a").asyncBody((context, arguments) -> {
			this.engine.execute("part");
			return CompletableFuture.completedFuture(context.executionId());
		}));
		Object id = begin("whole").join();
		assertThat(this.engine.state().get("domain.part")).isEqualTo(id);
		assertThat(this.engine.state().version()).isEqualTo(1);
	}

	@Test
	void contractVariablesAreThoseOfTheCaller() {
		ThreadLocal<String> tenant = new ThreadLocal<>();
		this.builder.contractVariables(ContractVariable.of("tenant", tenant::get))
			.process("shop.mine", (spec) -> spec.updates("domain.{@tenant}").asyncBody(this::promise));
		tenant.set("acme");
		CompletableFuture<Object> result = begin("mine");
		this.contexts.get(0).find("domain.acme");
		swap("domain.acme", "other");
		completeWith(0, () -> this.contexts.get(0).set("domain.acme", 1));
		Awaitility.await().until(() -> this.promises.size() == 2);
		this.contexts.get(1).set("domain.acme", 2);
		complete(1, null);
		assertThat(result).succeedsWithin(SOON);
		assertThat(this.engine.state().get("domain.acme")).isEqualTo(2);
	}

	@Test
	void contractVariablesGoAlongToTheThreadWhereItBegins() {
		ThreadLocal<String> tenant = new ThreadLocal<>();
		this.builder.contractVariables(ContractVariable.of("tenant", tenant::get))
			.process("shop.charge",
					(spec) -> spec.updates("domain.{@tenant}")
						.sideEffects("http:payments")
						.asyncBody((context, arguments) -> {
							context.set("domain.acme", 1);
							return CompletableFuture.completedFuture("charged");
						}));
		tenant.set("acme");
		assertThat(begin("charge")).succeedsWithin(SOON).isEqualTo("charged");
	}

	@Test
	void completedValueIsStoredWhereTheMethodSaysSo() {
		this.engine = this.builder.processes(new Typed()).build();
		assertThat(this.engine.<Long>execute("total")).isEqualTo(42L);
		assertThat(this.engine.<Receipt>execute("receipt")).isEqualTo(new Receipt(7, "x"));
		this.engine.execute("update");
		this.engine.execute("pure");
		assertThat(this.engine.state().get("domain"))
			.isEqualTo(Map.of("total", 42L, "number", 7, "set", 1, "pure", "p"));
	}

	@Test
	void processWithoutAStageIsRefused() {
		this.builder.process("shop.none", (spec) -> spec.asyncBody((context, arguments) -> null))
			.process("shop.silent", (spec) -> spec.body((context, arguments) -> SILENT));
		this.engine = this.builder.build();
		assertThatExceptionOfType(InvalidReturnException.class).isThrownBy(() -> this.engine.execute("none"))
			.withMessageContaining("it is asynchronous and has returned null, return what completes with null");
		assertThatExceptionOfType(InvalidReturnException.class).isThrownBy(() -> this.engine.execute("silent"))
			.withMessageContaining("it has returned a CompletableFuture, which its declaration does not say");
	}

	@Test
	void closedEngineEndsWhatIsNotThereYet() {
		CompletableFuture<Object> result = begin("later");
		this.engine.close();
		assertThat(result).failsWithin(SOON)
			.withThrowableThat()
			.withMessageContaining("process 'shop.later' cannot be executed: the engine is closed");
		complete(0, "late");
		assertThat(this.engine.state().version()).isZero();
		assertThatIllegalStateException().isThrownBy(() -> this.engine.executeAsync("later").join());
	}

	@Test
	void waitingIsRefusedOnThreadsThatMustNotBlock() {
		this.engine = this.builder.nonBlockingThreads(() -> Thread.currentThread().getName().equals("completer"))
			.process("shop.now", (spec) -> spec.body((context, arguments) -> "now"))
			.process("shop.calling",
					(spec) -> spec.asyncBody((context, arguments) -> CompletableFuture
						.completedFuture(this.engine.<String>execute("now") + " joined")))
			.build();
		CompletableFuture.runAsync(() -> {
			for (String process : List.of("now", "later")) {
				assertThatExceptionOfType(BlockingCallException.class).isThrownBy(() -> this.engine.execute(process))
					.withMessage("process 'shop." + process
							+ "' cannot be waited for on a thread that must not block: thread='completer', call it with "
							+ "executeAsync");
			}
		}, this.completer).join();
		CompletableFuture<Void> begun = CompletableFuture.runAsync(() -> {
			this.results.add(open("calling"));
			this.results.add(this.engine.executeAsync("now"));
		}, this.completer);
		begun.join();
		assertThat(this.results.get(0)).succeedsWithin(SOON).isEqualTo("now joined");
		assertThat(this.results.get(1)).succeedsWithin(SOON).isEqualTo("now");
	}

	@Test
	void noWriteIsLostByManyAtOnce() {
		AtomicInteger attempts = new AtomicInteger();
		this.builder.process("shop.count", (spec) -> spec.updates("domain.count").asyncBody((context, arguments) -> {
			attempts.incrementAndGet();
			ProcessContext detached = context.detach();
			return CompletableFuture.runAsync(() -> detached.upsert("domain.count", 1, (value) -> value + 1),
					this.completer);
		}));
		this.engine = this.builder.build();
		for (int i = 0; i < 100; i++) {
			this.results.add(open("count"));
		}
		this.results.forEach(CompletableFuture::join);
		assertThat(this.engine.state().get("domain.count")).isEqualTo(100);
		assertThat(attempts.get()).isGreaterThan(100);
		assertThat(this.engine.conflicts(10).line()).isEmpty();
	}

	private CompletableFuture<Object> promise(ProcessContext context, Map<String, Object> arguments) {
		CompletableFuture<Object> promise = new CompletableFuture<>();
		this.bodies.add(Thread.currentThread().getName());
		this.contexts.add(context.detach());
		this.promises.add(promise);
		return promise;
	}

	private CompletableFuture<Object> begin(String process) {
		this.engine = this.builder.build();
		return open(process);
	}

	private CompletableFuture<Object> open(String process) {
		try {
			return this.engine.processes().begin(process, Map.of());
		}
		catch (Throwable ex) {
			throw new AssertionError(ex);
		}
	}

	private void complete(int attempt, Object value) {
		this.completer.execute(() -> this.promises.get(attempt).complete(value));
	}

	private void completeWith(int attempt, Runnable work) {
		this.completer.execute(() -> {
			work.run();
			this.promises.get(attempt).complete(null);
		});
	}

	private void conflict(int attempt) {
		this.contexts.get(attempt).find("domain.a");
		swap("domain.a", "other");
		completeWith(attempt, () -> this.contexts.get(attempt).set("domain.a", 1));
	}

	private void swap(String path, Object value) {
		this.engine.compareAndSwap(this.engine.state().version(), Map.of(path, value));
	}

	record Receipt(@Output("domain.number") int number, String text) {

	}

	static class Typed {

		@Process(name = "total")
		@Output("domain.total")
		CompletionStage<Long> total() {
			return CompletableFuture.completedFuture(42L);
		}

		@Process
		CompletableFuture<Receipt> receipt() {
			return CompletableFuture.completedFuture(new Receipt(7, "x"));
		}

		@Process(outputs = "domain.set")
		CompletionStage<StateUpdate> update() {
			return CompletableFuture.completedFuture(StateUpdate.set("domain.set", 1));
		}

		@Process(semantic = Semantic.PURE, outputs = "domain.pure")
		CompletionStage<? extends CharSequence> pure() {
			return CompletableFuture.completedFuture("p");
		}

	}

}
