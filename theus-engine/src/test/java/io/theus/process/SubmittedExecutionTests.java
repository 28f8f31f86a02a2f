package io.theus.process;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.Isolation;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.audit.AuditTrail;
import io.theus.audit.Auditor;
import io.theus.audit.ValueMask;
import io.theus.audit.recipe.AuditRules;
import io.theus.conflict.ConflictDecision;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictPolicy;
import io.theus.conflict.ConflictSettings;
import io.theus.contract.ContractVariables;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavySettings;
import io.theus.invariant.Invariants;
import io.theus.outbox.MessageEncoder;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxLimits;
import io.theus.path.Zones;
import io.theus.schema.Schema;
import io.theus.signal.SignalHub;
import io.theus.state.EngineFacts;
import io.theus.state.MergeRules;
import io.theus.state.Values;
import io.theus.state.VolatilePaths;
import io.theus.store.MemoryCommitLog;
import io.theus.telemetry.ThreadContext;
import io.theus.transaction.RunOrders;
import io.theus.transaction.SurroundingTransactions;
import io.theus.transaction.TransactionSettings;
import io.theus.transaction.Transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Executions on an engine that has one thread.
 */
@Timeout(120)
class SubmittedExecutionTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final ConflictDecision LONG = new ConflictDecision.Wait(Duration.ofSeconds(2));

	private final List<ProcessExecution> ended = Collections.synchronizedList(new ArrayList<>());

	private final AtomicInteger bodies = new AtomicInteger();

	private final List<String> threads = Collections.synchronizedList(new ArrayList<>());

	private final ExecutorService thread = Executors.newSingleThreadExecutor((task) -> new Thread(task, "the one"));

	private final AsyncExecutor executor = new AsyncExecutor(LIMIT, ThreadContext.NONE, this.thread);

	private final ProcessRegistry registry = new ProcessRegistry(BlockingCalls.ALLOWED, this.executor);

	private volatile ConflictDecision decision = LONG;

	private final Transactions transactions = transactions();

	private final ProcessRunner runner = new ProcessRunner(this.transactions, List.of(this.ended::add),
			ProcessTelemetry.NONE, LIMIT, ContractVariables.NONE, this.registry, this.executor, BlockingCalls.ALLOWED);

	@AfterEach
	void close() throws InterruptedException {
		this.executor.close();
		assertThat(this.thread.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void executionThatWaitsKeepsNoOtherFromRunning() throws Exception {
		conflicting("shop.contended", 1);
		process("shop.other", (context) -> this.threads.add("other"));
		long start = System.nanoTime();
		CompletableFuture<Object> contended = submit("shop.contended");
		Awaitility.await().until(() -> this.bodies.get() == 1);
		submit("shop.other").get(1, TimeUnit.SECONDS);
		assertThat(contended).isNotDone();
		assertThat(contended.get(60, TimeUnit.SECONDS)).isEqualTo("attempt 2");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
		assertThat(this.threads).containsExactly("the one", "other", "the one");
		assertThat(this.transactions.head().get("domain.shop.contended")).isEqualTo(2);
		assertThat(this.ended).extracting(ProcessExecution::attempts).containsExactly(1, 2);
	}

	@Test
	void attemptsAreOneExecution() {
		this.decision = new ConflictDecision.Wait(Duration.ZERO);
		List<String> ids = Collections.synchronizedList(new ArrayList<>());
		conflicting("shop.contended", 3, (context) -> ids.add(context.executionId() + "#" + context.attempt()));
		assertThat(submit("shop.contended").join()).isEqualTo("attempt 4");
		String id = this.ended.get(0).executionId();
		assertThat(ids).containsExactly(id + "#1", id + "#2", id + "#3", id + "#4");
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.COMMITTED);
	}

	@Test
	void lastConflictReachesTheCallerWithItsDiagnosis() {
		this.decision = new ConflictDecision.GiveUp();
		conflicting("shop.contended", 9);
		assertThat(submit("shop.contended")).failsWithin(Duration.ofSeconds(30))
			.withThrowableThat()
			.withCauseInstanceOf(ConflictException.class)
			.withMessageContaining("attempts=1 waited=0ms");
		assertThat(this.ended).extracting(ProcessExecution::outcome).containsExactly(ProcessOutcome.CONFLICT);
	}

	@Test
	void ticketIsTakenByTheExecutionOnWhateverThread() {
		this.decision = new ConflictDecision.TakeTicket();
		conflicting("shop.contended", 1);
		assertThat(submit("shop.contended").join()).isEqualTo("attempt 2");
		assertThat(this.transactions.tickets().issued()).isEqualTo(1);
		assertThat(this.transactions.tickets().line()).isEmpty();
	}

	@Test
	void cancelledWaitEndsTheExecutionAtOnce() {
		conflicting("shop.contended", 1);
		CompletableFuture<Object> contended = submit("shop.contended");
		Awaitility.await().until(() -> this.bodies.get() == 1);
		process("shop.after", (context) -> true);
		submit("shop.after").join();
		assertThat(contended.cancel(true)).isTrue();
		assertThat(this.ended).extracting(ProcessExecution::outcome)
			.containsExactly(ProcessOutcome.COMMITTED, ProcessOutcome.CANCELLED);
		assertThat(this.ended.get(1).failure()).isInstanceOf(CancellationException.class);
		assertThat(this.bodies).hasValue(1);
	}

	@Test
	void closedEngineEndsWhatWaits() {
		conflicting("shop.contended", 1);
		CompletableFuture<Object> contended = submit("shop.contended");
		Awaitility.await().until(() -> this.bodies.get() == 1);
		this.executor.close();
		assertThat(contended).failsWithin(Duration.ofSeconds(1))
			.withThrowableThat()
			.withMessageContaining("process 'shop.contended' cannot be executed: the engine is closed");
		assertThatIllegalStateException().isThrownBy(() -> submit("shop.contended"));
		assertThat(this.ended).hasSize(1);
	}

	@Test
	void adviceThatCallsAgainAtOnceGetsNoSecondExecution() {
		this.decision = new ConflictDecision.Wait(Duration.ofMillis(1));
		ProcessDefinition process = conflicting("shop.contended", 1);
		List<Throwable> seen = Collections.synchronizedList(new ArrayList<>());
		CompletableFuture<Object> result = this.executor.submit(process, () -> {
			for (int i = 0; i < 3; i++) {
				try {
					return call("shop.contended");
				}
				catch (AttemptPostponedException ex) {
					seen.add(ex);
				}
			}
			return "swallowed";
		});
		assertThat(result.join()).isEqualTo("attempt 2");
		assertThat(seen).hasSize(3)
			.allSatisfy((ex) -> assertThat(ex).hasMessage("process 'shop.contended' conflicts and is attempted again "
					+ "later: attempt=1, let this exception pass"));
		assertThat(this.bodies).hasValue(2);
		assertThat(this.ended).hasSize(1);
	}

	private ProcessDefinition conflicting(String id, int conflicts) {
		return conflicting(id, conflicts, ProcessContext::attempt);
	}

	private ProcessDefinition conflicting(String id, int conflicts, Consumer<ProcessContext> before) {
		return process(id, (context) -> {
			before.accept(context);
			this.threads.add(Thread.currentThread().getName());
			int number = this.bodies.incrementAndGet();
			context.find("domain." + id);
			if (number <= conflicts) {
				OtherThreads.run(() -> this.transactions.compareAndSwap(this.transactions.head().version(),
						Map.of("domain." + id, "other " + number)));
			}
			context.set("domain." + id, number);
			return "attempt " + number;
		});
	}

	private ProcessDefinition process(String id, Body body) {
		new ProcessFactory(this.registry, this.runner,
				new ProcessSettings(zones(), true, true, ContractVariables.NONE, List.of()))
			.register(id, new ProcessSpec().updates("domain.**").body((context, arguments) -> body.run(context)));
		return this.registry.get(id);
	}

	private CompletableFuture<Object> submit(String id) {
		return this.executor.submit(this.registry.get(id), () -> call(id));
	}

	private Object call(String id) throws Exception {
		try {
			return this.registry.call(id, Map.of());
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new AssertionError(ex);
		}
	}

	private Transactions transactions() {
		ConflictPolicy policy = (failure) -> this.decision;
		return new TransactionSettings(zones(), new Values(Set.of(), schema(), zones()), MergeRules.NONE,
				VolatilePaths.NONE, List.of(),
				new Auditor(new AuditRules(), new AuditTrail(10), ValueMask.HIDDEN, Clock.systemUTC()), Invariants.NONE,
				new MemoryCommitLog(100), new SignalHub(10, () -> {
				}), Outbox.builder().build(), new RunOrders(), new MessageEncoder(OutboxLimits.defaults()), List.of(),
				ConflictSettings.DEFAULT, policy, Clock.systemUTC(), LIMIT, 10, 1 << 20, new EngineFacts(),
				Isolation.HYBRID, false, SurroundingTransactions.NONE, HeavyHeap.open(HeavySettings.create()))
			.build();
	}

	private static Zones zones() {
		return new Zones(schema());
	}

	private static Schema schema() {
		return Schema.of(Set.of(), List.of(), null);
	}

	@FunctionalInterface
	private interface Body {

		Object run(ProcessContext context) throws Exception;

	}

}
