package io.theus.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
import io.theus.conflict.ConflictDecision;
import io.theus.conflict.ConflictException;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.state.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Calls that are started and not waited for.
 */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored")
class ProcessEntryTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(50);

	private final List<ProcessExecution> ended = Collections.synchronizedList(new ArrayList<>());

	private final List<String> threads = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger bodies = new AtomicInteger();

	private final List<CompletableFuture<Object>> promises = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch never = new CountDownLatch(1);

	private final CountDownLatch open = new CountDownLatch(1);

	private volatile ConflictDecision decision = new ConflictDecision.Wait(Duration.ofMillis(5));

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.processListener(this.ended::add)
		.conflictPolicy((failure) -> this.decision)
		.initialState(() -> Map.of("domain", Map.of("stock", 10, "price", 1)))
		.process("shop.take",
				(spec) -> spec.argument("count", int.class)
					.updates("domain.stock")
					.error(IOException.class)
					.body((context, arguments) -> {
						int count = (int) arguments.get("count");
						this.threads.add(Thread.currentThread().getName());
						if (count < 0) {
							throw new IOException("nothing is given back");
						}
						context.update("domain.stock", Integer.class, (stock) -> stock - count);
						return "taken " + count;
					}))
		.process("shop.look",
				(spec) -> spec.inputs("domain.stock").body((context, arguments) -> context.get("domain.stock")))
		.process("shop.contended",
				(spec) -> spec.updates("domain.stock").body((context, arguments) -> contend(context)))
		.process("shop.later", (spec) -> spec.updates("domain.stock").asyncBody((context, arguments) -> {
			this.threads.add(Thread.currentThread().getName());
			CompletableFuture<Object> promise = new CompletableFuture<>();
			this.promises.add(promise);
			ProcessContext detached = context.detach();
			return promise.thenApply((value) -> {
				detached.set("domain.stock", value);
				return value;
			});
		}))
		.process("shop.gate", (spec) -> spec.body((context, arguments) -> this.open.await(50, TimeUnit.SECONDS)))
		.process("shop.busy", (spec) -> spec.outputs("domain.stock").body((context, arguments) -> {
			while (!Thread.currentThread().isInterrupted()) {
				Thread.onSpinWait();
			}
			return null;
		}));

	private TheusEngine engine;

	private TheusEngine fork;

	@AfterEach
	void close() {
		this.never.countDown();
		if (this.engine != null) {
			this.engine.close();
		}
	}

	@Test
	void synchronousProcessIsDoneOnReturn() {
		CompletableFuture<CallOutcome> result = start("take", Map.of("count", 3));
		assertThat(result).isDone();
		assertThat(result.join().value()).isEqualTo("taken 3");
		assertThat(result.join().commits()).extracting(Snapshot::version).containsExactly(2L);
		assertThat(this.threads).containsExactly(Thread.currentThread().getName());
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.COMMITTED);
	}

	@Test
	void callWithoutEffectHasNoCommits() {
		CallOutcome outcome = start("look", Map.of()).join();
		assertThat(outcome.value()).isEqualTo(10);
		assertThat(outcome.commits()).isEmpty();
	}

	@Test
	void failureIsThatOfTheProcessUnchanged() {
		AtomicReference<Throwable> seen = new AtomicReference<>();
		start("take", Map.of("count", -1)).whenComplete((outcome, failure) -> seen.set(failure));
		assertThat(seen.get()).isExactlyInstanceOf(IOException.class).hasMessage("nothing is given back");
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.DECLARED);
	}

	@Test
	void wrongArgumentsAreAFailureToo() {
		assertThat(start("take", Map.of("amount", 1))).failsWithin(SOON)
			.withThrowableThat()
			.withCauseInstanceOf(InvalidArgumentException.class)
			.withMessageContaining("argument 'amount' of process 'shop.take' is invalid");
	}

	@Test
	void refusedCommitGivesTheThreadBack() {
		this.decision = new ConflictDecision.Wait(Duration.ofMillis(300));
		List<CompletableFuture<CallOutcome>> results = new ArrayList<>();
		ExecutorService one = Executors.newSingleThreadExecutor((task) -> new Thread(task, "the one"));
		this.engine = this.builder.build();
		ProcessEntry contended = this.engine.processes().entry("contended");
		long start = System.nanoTime();
		for (int i = 0; i < 50; i++) {
			results
				.add(CompletableFuture.supplyAsync(() -> contended.start(Map.of(), CallSettings.DECLARED), one).join());
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).as("none of them waited")
			.isLessThan(Duration.ofSeconds(10));
		one.shutdownNow();
		assertThat(results).allSatisfy((result) -> assertThat(result).succeedsWithin(SOON));
		assertThat(this.threads.subList(0, 50)).as("first attempts").containsOnly("the one");
		assertThat(this.threads.subList(50, this.threads.size())).as("others").doesNotContain("the one");
		assertThat(this.ended).hasSize(50).allSatisfy((each) -> assertThat(each.attempts()).isGreaterThan(1));
		assertThat(results).allSatisfy((result) -> assertThat(result.join().commits()).hasSize(1));
		assertThat(results).extracting((result) -> result.join().commits().get(0).version()).doesNotHaveDuplicates();
	}

	@Test
	void ticketIsTakenOnAThreadOfTheEngine() {
		this.decision = new ConflictDecision.TakeTicket();
		assertThat(start("contended", Map.of())).succeedsWithin(SOON);
		assertThat(this.threads).hasSize(2);
		assertThat(this.threads.get(1)).isNotEqualTo(Thread.currentThread().getName());
		assertThat(this.engine.conflicts(1).line()).isEmpty();
	}

	@Test
	void lastConflictIsTheFailure() {
		this.decision = new ConflictDecision.GiveUp();
		assertThat(start("contended", Map.of())).isDone()
			.failsWithin(SOON)
			.withThrowableThat()
			.withCauseInstanceOf(ConflictException.class);
		assertThat(this.threads).hasSize(1);
	}

	@Test
	void cancelledWaitEndsTheExecution() {
		this.decision = new ConflictDecision.Wait(Duration.ofSeconds(20));
		CompletableFuture<CallOutcome> result = start("contended", Map.of());
		assertThat(result).isNotDone();
		assertThat(result.cancel(true)).isTrue();
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CANCELLED);
	}

	@Test
	void isolationOfTheCallCountsInAllAttempts() {
		assertThat(attempts("reads.stock", Isolation.HYBRID)).isEqualTo(1);
		assertThat(attempts("reads.stock", Isolation.SAFE)).isEqualTo(2);
		assertThat(attempts("reads.stock", Isolation.DEFAULT)).isEqualTo(1);
		assertThat(attempts("reads.all", Isolation.DEFAULT)).as("as it is declared").isEqualTo(2);
		assertThat(attempts("reads.all", Isolation.HYBRID)).isEqualTo(1);
	}

	// What somebody else changes is covered by the contract, and not read
	private int attempts(String process, Isolation isolation) {
		if (this.engine == null) {
			this.builder.process("reads.stock", (spec) -> readStock(spec));
			this.builder.process("reads.all", (spec) -> readStock(spec).isolation(Isolation.SAFE));
		}
		this.bodies.set(0);
		start(process, Map.of(), CallSettings.DECLARED.withIsolation(isolation)).orTimeout(30, TimeUnit.SECONDS).join();
		return this.bodies.get();
	}

	private ProcessSpec readStock(ProcessSpec spec) {
		return spec.inputs("domain.price").updates("domain.stock").body((context, arguments) -> {
			if (this.bodies.incrementAndGet() == 1) {
				OtherThreads.run(() -> this.engine.edit("a new price",
						(edit) -> edit.update("domain.price", Integer.class, (price) -> price + 1)));
			}
			context.update("domain.stock", Integer.class, (stock) -> stock - 1);
			return null;
		});
	}

	@Test
	void rawCallCommitsWriteByWrite() {
		this.builder.process("shop.refill",
				(spec) -> spec.outputs("domain.stock", "domain.price").body((context, arguments) -> {
					context.set("domain.stock", 20);
					context.set("domain.price", 2);
					return null;
				}));
		assertThat(start("refill", Map.of(), CallSettings.DECLARED.withIsolation(Isolation.RAW)).join().commits())
			.extracting(Snapshot::version)
			.containsExactly(2L, 3L);
	}

	@Test
	void asynchronousCallIsNotRaw() {
		assertThat(start("later", Map.of(), CallSettings.DECLARED.withIsolation(Isolation.RAW))).failsWithin(SOON)
			.withThrowableThat()
			.withMessageContaining("asynchronous process 'shop.later' cannot be isolated as RAW: its attempt is one "
					+ "transaction, use HYBRID or SAFE");
	}

	@Test
	void timeLimitOfTheCallCounts() {
		this.builder.process("shop.slow", (spec) -> spec.outputs("domain.stock").body((context, arguments) -> {
			context.set("domain.stock", 1);
			long end = System.nanoTime() + SHORT.toNanos() + 1_000_000;
			while (System.nanoTime() < end) {
				Thread.onSpinWait();
			}
			return null;
		}));
		assertThat(start("slow", Map.of(), CallSettings.DECLARED.withTimeout(SHORT))).failsWithin(SOON)
			.withThrowableThat()
			.withCauseInstanceOf(TransactionTimeoutException.class)
			.withMessageContaining("process 'shop.slow' timed out: limit=50ms");
		assertThat(this.engine.state().get("domain.stock")).isEqualTo(10);
		assertThat(start("slow", Map.of())).succeedsWithin(SOON);
	}

	@Test
	void timeLimitSpansTheWaitsBetweenAttempts() {
		this.decision = new ConflictDecision.Wait(Duration.ofSeconds(20));
		assertThat(start("contended", Map.of(), CallSettings.DECLARED.withTimeout(Duration.ofSeconds(1))))
			.failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(TransactionTimeoutException.class);
	}

	@Test
	void bodyOnAThreadOfTheEngineIsInterruptedWhenItsTimeIsOver() {
		this.engine = this.builder.build();
		ProcessEntry busy = this.engine.processes().entry("busy");
		ProcessEntry look = this.engine.processes().entry("look");
		List<Object> seen = Collections.synchronizedList(new ArrayList<>());
		onThreadOfTheEngine(() -> {
			look.start(Map.of(), CallSettings.DECLARED);
			CompletableFuture<CallOutcome> result = busy.start(Map.of(), CallSettings.DECLARED.withTimeout(SHORT));
			result.whenComplete((outcome, failure) -> seen.add(failure));
			seen.add(Thread.currentThread().isInterrupted());
			seen.add(look.start(Map.of(), CallSettings.DECLARED).join().value());
		});
		assertThat(seen).hasSize(3);
		assertThat(seen.get(0)).isInstanceOf(TransactionTimeoutException.class);
		assertThat(seen.subList(1, 3)).as("what follows").containsExactly(false, 10);
		assertThat(this.ended).extracting(ProcessExecution::outcome)
			.containsExactly(ProcessOutcome.COMMITTED, ProcessOutcome.COMMITTED, ProcessOutcome.TIMEOUT,
					ProcessOutcome.COMMITTED);
	}

	@Test
	void noCallIsOverlookedWhicheverEndsFirst() {
		this.builder.process("shop.stuck", (spec) -> spec.outputs("domain.stock")
			.body((context, arguments) -> this.never.await(50, TimeUnit.SECONDS)));
		this.engine = this.builder.build();
		ProcessEntry stuck = this.engine.processes().entry("stuck");
		long seed = System.nanoTime();
		List<Long> late = Collections.synchronizedList(new ArrayList<>());
		AtomicInteger calls = new AtomicInteger();
		List<CompletableFuture<?>> threads = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			Random random = new Random(seed + i);
			threads.add(this.engine.executeAsync("gate").thenRun(() -> {
				for (int j = 0; j < 50; j++) {
					Duration limit = Duration.ofNanos(1 + random.nextInt(20_000_000));
					long start = System.nanoTime();
					CompletableFuture<CallOutcome> result = stuck.start(Map.of(),
							CallSettings.DECLARED.withTimeout(limit));
					assertThat(result).isCompletedExceptionally();
					late.add((System.nanoTime() - start - limit.toNanos()) / 1_000_000);
					calls.incrementAndGet();
				}
			}));
		}
		this.open.countDown();
		assertThat(threads).as("seed=%d", seed).allSatisfy((thread) -> assertThat(thread).succeedsWithin(SOON));
		assertThat(calls).hasValue(400);
		assertThat(late).as("milliseconds, seed=%d", seed)
			.allSatisfy((millis) -> assertThat(millis).isLessThan(10_000));
	}

	@Test
	void laterAttemptIsInterruptedToo() {
		this.builder.process("shop.second", (spec) -> spec.updates("domain.stock").body((context, arguments) -> {
			if (this.bodies.get() > 0) {
				return this.never.await(50, TimeUnit.SECONDS);
			}
			return contend(context);
		}));
		assertThat(start("second", Map.of(), CallSettings.DECLARED.withTimeout(Duration.ofMillis(500))))
			.failsWithin(SOON)
			.withThrowableThat()
			.withCauseInstanceOf(TransactionTimeoutException.class);
		Awaitility.await().until(() -> !this.ended.isEmpty());
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.TIMEOUT);
	}

	@Test
	void timeLimitThatIsNoneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> CallSettings.DECLARED.withTimeout(Duration.ZERO))
			.withMessage("a call needs time: timeout=PT0S, use a positive duration");
	}

	@Test
	void asynchronousProcessIsBegunHereAndNotWaitedFor() {
		CompletableFuture<CallOutcome> result = start("later", Map.of());
		assertThat(this.threads).containsExactly(Thread.currentThread().getName());
		assertThat(result).isNotDone();
		this.promises.get(0).complete(7);
		assertThat(result).succeedsWithin(SOON);
		assertThat(result.join().value()).isEqualTo(7);
		assertThat(result.join().commits()).extracting(Snapshot::version).containsExactly(2L);
		assertThat(this.engine.state().get("domain.stock")).isEqualTo(7);
	}

	@Test
	void failureOfAnAsynchronousProcessIsUnchanged() {
		CompletableFuture<CallOutcome> result = start("later", Map.of());
		AtomicReference<Throwable> seen = new AtomicReference<>();
		CompletableFuture<?> after = result.whenComplete((outcome, failure) -> seen.set(failure));
		this.promises.get(0).completeExceptionally(new IOException("gone"));
		assertThat(after).failsWithin(SOON);
		assertThat(seen.get()).isExactlyInstanceOf(IOException.class).hasMessage("gone");
	}

	@Test
	void asynchronousProcessIsCancelledWithItsFuture() {
		CompletableFuture<CallOutcome> result = start("later", Map.of());
		assertThat(result.cancel(true)).isTrue();
		Awaitility.await().until(() -> !this.ended.isEmpty());
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CANCELLED);
		assertThat(this.engine.state().version()).isOne();
	}

	@Test
	void settingsHoldForAsynchronousCallsToo() {
		assertThat(start("later", Map.of(), CallSettings.DECLARED.withTimeout(SHORT))).failsWithin(SOON)
			.withThrowableThat()
			.withCauseInstanceOf(TransactionTimeoutException.class)
			.withMessageContaining("limit=50ms");
		this.builder.process("reads.later",
				(spec) -> spec.inputs("domain.price").updates("domain.stock").asyncBody((context, arguments) -> {
					if (this.bodies.incrementAndGet() == 1) {
						OtherThreads.run(() -> this.engine.edit("a new price",
								(edit) -> edit.update("domain.price", Integer.class, (price) -> price + 1)));
					}
					context.update("domain.stock", Integer.class, (stock) -> stock - 1);
					return CompletableFuture.completedFuture(null);
				}));
		this.engine.close();
		this.engine = null;
		CompletableFuture<CallOutcome> safe = start("reads.later", Map.of(),
				CallSettings.DECLARED.withIsolation(Isolation.SAFE));
		assertThat(safe).succeedsWithin(SOON);
		assertThat(this.bodies).hasValue(2);
		assertThat(safe.join().commits()).hasSize(1);
		assertThat(this.engine.<Object>executeAsync("reads.later")).succeedsWithin(SOON);
		assertThat(this.bodies).as("another call").hasValue(3);
	}

	@Test
	void contractVariablesCountInAttemptsOnOtherThreads() {
		ThreadLocal<String> tenant = new ThreadLocal<>();
		this.builder.contractVariables(new ContractVariable() {

			@Override
			public String name() {
				return "tenant";
			}

			@Override
			public Object value() {
				return tenant.get();
			}

		});
		this.builder.process("shop.own", (spec) -> spec.outputs("domain.of.{@tenant}").body((context, arguments) -> {
			context.set("domain.of.mine", 2);
			return null;
		}));
		this.builder.process("shop.tenant", (spec) -> spec.updates("domain.stock").body((context, arguments) -> {
			Object attempt = contend(context);
			return attempt.equals(2) ? this.engine.execute("own") : null;
		}));
		tenant.set("mine");
		CompletableFuture<CallOutcome> result = start("tenant", Map.of());
		tenant.set("other");
		assertThat(result).succeedsWithin(SOON);
		assertThat(this.threads).hasSize(2);
		assertThat(this.engine.state().get("domain.of.mine")).isEqualTo(2);
	}

	@Test
	void callsInAForkStayInItWithAllAttempts() {
		this.engine = this.builder.build();
		TheusEngine fork = this.engine.fork(1);
		this.fork = fork;
		this.ended.clear();
		for (String process : List.of("contended", "later")) {
			CompletableFuture<CallOutcome> result = fork.processes()
				.entry(process)
				.start(Map.of(), CallSettings.DECLARED);
			assertThat(result).isNotDone();
			this.promises.forEach((promise) -> promise.complete(3));
			assertThat(result).succeedsWithin(SOON);
			assertThat(result.join().commits()).containsExactly((Snapshot) fork.state());
		}
		assertThat(fork.state().get("domain.stock")).isEqualTo(3);
		assertThat(this.engine.state().version()).isOne();
		assertThat(this.ended).isEmpty();
		fork.close();
	}

	@Test
	void callIsNoPartOfATransaction() {
		this.engine = this.builder.build();
		ProcessEntry take = this.engine.processes().entry("take");
		CompletableFuture<CallOutcome> result = this.engine
			.transact((transaction) -> take.start(Map.of("count", 1), CallSettings.DECLARED));
		assertThat(result).failsWithin(SOON)
			.withThrowableThat()
			.withCauseInstanceOf(IllegalStateException.class)
			.withMessageContaining("process 'shop.take' cannot be started within transaction: it would not be part of "
					+ "that transaction, call it, or start it after the commit");
	}

	@Test
	void entryIsFoundByAnyNameOfItsProcess() {
		this.engine = this.builder.build();
		ProcessEntry take = this.engine.processes().entry("shop.take");
		assertThat(take.process()).isSameAs(this.engine.processes().get("TAKE"));
	}

	@Test
	void closedEngineEndsWhatWaitsForAnotherAttempt() {
		this.decision = new ConflictDecision.Wait(Duration.ofSeconds(20));
		CompletableFuture<CallOutcome> result = start("contended", Map.of());
		this.engine.close();
		assertThat(result).failsWithin(SOON)
			.withThrowableThat()
			.withMessageContaining("process 'shop.contended' cannot be executed: the engine is closed");
	}

	@Test
	void whatFollowsIsNotPartOfTheExecution() {
		List<Object> seen = Collections.synchronizedList(new ArrayList<>());
		CompletableFuture<CallOutcome> result = start("contended", Map.of());
		CompletableFuture<?> after = result.thenAccept((outcome) -> {
			this.decision = new ConflictDecision.GiveUp();
			seen.add(this.engine.processes().entry("take").start(Map.of("count", 1), CallSettings.DECLARED).join());
		});
		assertThat(after).succeedsWithin(SOON);
		assertThat(((CallOutcome) seen.get(0)).commits()).hasSize(1);
		assertThat(result.join().commits()).hasSize(1);
		assertThat(this.ended).extracting(ProcessExecution::attempts).containsExactly(2, 1);
	}

	// The first attempt meets a change that somebody else makes just then
	private Object contend(ProcessContext context) {
		this.threads.add(Thread.currentThread().getName());
		context.get("domain.stock");
		if (context.attempt() == 1) {
			TheusEngine forked = this.fork;
			OtherThreads.run(() -> ((forked != null) ? forked : this.engine).edit("in between",
					(edit) -> edit.set("domain.stock", 1000 + this.bodies.incrementAndGet())));
		}
		context.set("domain.stock", 5000 + this.bodies.incrementAndGet());
		return context.attempt();
	}

	private void onThreadOfTheEngine(Runnable task) {
		CompletableFuture<?> gate = this.engine.executeAsync("gate").thenRun(task);
		this.open.countDown();
		assertThat(gate).succeedsWithin(SOON);
	}

	private CompletableFuture<CallOutcome> start(String process, Map<String, ?> arguments) {
		return start(process, arguments, CallSettings.DECLARED);
	}

	private CompletableFuture<CallOutcome> start(String process, Map<String, ?> arguments, CallSettings settings) {
		if (this.engine == null) {
			this.engine = this.builder.build();
		}
		try {
			return this.engine.processes().entry(process).start(arguments, settings);
		}
		catch (CompletionException ex) {
			throw new AssertionError(ex);
		}
	}

}
