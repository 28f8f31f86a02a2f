package io.theus.process;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.theus.ContractVariable;
import io.theus.Isolation;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Process;
import io.theus.audit.AuditTrail;
import io.theus.audit.Auditor;
import io.theus.audit.ValueMask;
import io.theus.audit.recipe.AuditRules;
import io.theus.conflict.ConflictDecision;
import io.theus.conflict.ConflictSettings;
import io.theus.contract.ContractVariables;
import io.theus.contract.ContractViolationException;
import io.theus.contract.InvalidContractException;
import io.theus.contract.VariableValues;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavySettings;
import io.theus.invariant.Invariants;
import io.theus.outbox.MessageEncoder;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxLimits;
import io.theus.path.InvalidTopicException;
import io.theus.path.Zones;
import io.theus.schema.Schema;
import io.theus.signal.SignalHub;
import io.theus.state.EngineFacts;
import io.theus.state.InvalidValueException;
import io.theus.state.MergeRules;
import io.theus.state.Snapshot;
import io.theus.state.Values;
import io.theus.state.VolatilePaths;
import io.theus.store.CommitRecord;
import io.theus.store.MemoryCommitLog;
import io.theus.store.RunOrder;
import io.theus.transaction.ForkSettings;
import io.theus.transaction.RunDirectory;
import io.theus.transaction.RunOrders;
import io.theus.transaction.SurroundingTransactions;
import io.theus.transaction.TransactionOptions;
import io.theus.transaction.TransactionSettings;
import io.theus.transaction.Transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What transactions want of runs, up to where it is carried out.
 */
@Timeout(60)
class RunOrderTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final Zones ZONES = new Zones(Schema.of(Set.of(), List.of(), null));

	private final List<String> log = Collections.synchronizedList(new ArrayList<>());

	private final List<CommitRecord> commits = Collections.synchronizedList(new ArrayList<>());

	private final List<CommitRecord> carriedOut = Collections.synchronizedList(new ArrayList<>());

	private final ThreadLocal<String> tenant = ThreadLocal.withInitial(() -> "nobody");

	private final ContractVariables variables = new ContractVariables(List.of(new ContractVariable() {

		@Override
		public String name() {
			return "tenant";
		}

		@Override
		public Object value() {
			return RunOrderTests.this.tenant.get();
		}

	}));

	private final RunOrders orders = new RunOrders();

	private final AsyncExecutor executor = new AsyncExecutor(LIMIT);

	private final ProcessRegistry registry = new ProcessRegistry(BlockingCalls.ALLOWED, this.executor);

	private final TransactionSettings settings = new TransactionSettings(ZONES,
			new Values(Set.of(), Schema.of(Set.of(), List.of(), null), ZONES), MergeRules.NONE, VolatilePaths.NONE,
			List.of(), new Auditor(new AuditRules(), new AuditTrail(10), ValueMask.HIDDEN, Clock.systemUTC()),
			Invariants.NONE, new MemoryCommitLog(100), new SignalHub(10), Outbox.builder().build(), this.orders,
			new MessageEncoder(OutboxLimits.defaults()),
			List.of(this.commits::add, (commit) -> this.log.add("listener " + commit.version())),
			ConflictSettings.DEFAULT, (failure) -> new ConflictDecision.Wait(Duration.ZERO), Clock.systemUTC(), LIMIT,
			10, 1 << 20, new EngineFacts(), Isolation.HYBRID, false, SurroundingTransactions.NONE,
			HeavyHeap.open(HeavySettings.create()));

	private final Transactions transactions = this.settings.build();

	private final ProcessRunner runner = new ProcessRunner(this.transactions, List.of(), ProcessTelemetry.NONE, LIMIT,
			this.variables, this.registry, this.executor, BlockingCalls.ALLOWED);

	RunOrderTests() {
		this.orders.takenBy(new Directory("fulfil", this.carriedOut));
	}

	@AfterEach
	void close() {
		this.executor.close();
	}

	@Test
	void ordersAreCarriedOutAfterTheCommitInTheirOrder() {
		process("shop.pay", (spec) -> spec.starts("fulfil").outputs("domain.paid"), (context) -> {
			context.start("fulfil", "o-1", Map.of("order", "o-1"));
			context.set("domain.paid", true);
			context.signalRun("fulfil", "o-2", "cmd_ship", 5);
			context.start("fulfil", null, Map.of());
			assertThat(this.carriedOut).isEmpty();
		});
		call("pay");
		assertThat(this.carriedOut).hasSize(1);
		CommitRecord commit = this.carriedOut.get(0);
		assertThat(commit.version()).isOne();
		assertThat(commit.orders()).hasSize(3);
		RunOrder.Start first = (RunOrder.Start) commit.orders().get(0);
		assertThat(first.workflow()).isEqualTo("fulfil");
		assertThat(first.key()).isEqualTo("o-1");
		assertThat(first.inputs()).isEqualTo(Map.of("order", "o-1"));
		assertThat(commit.orders().get(1)).isEqualTo(new RunOrder.Send("fulfil", "o-2", "cmd_ship", 5));
		assertThat(((RunOrder.Start) commit.orders().get(2)).key()).isNull();
		assertThat(this.log).as("the state was there, listeners came later")
			.containsExactly("carried out 1, paid Optional[true]", "listener 1");
		assertThat(this.commits).containsExactly(commit);
	}

	@Test
	void orderAloneIsAnEffect() {
		process("shop.send", (spec) -> spec.starts("fulfil"),
				(context) -> context.signalRun("fulfil", "o-1", "cmd_ship", null));
		call("send");
		call("send");
		assertThat(this.transactions.head().version()).isEqualTo(2);
		assertThat(this.carriedOut).extracting(CommitRecord::version).containsExactly(1L, 2L);
	}

	@Test
	void failedAttemptOrdersNothing() {
		Snapshot before = this.transactions.head();
		process("shop.fail", (spec) -> spec.starts("fulfil"), (context) -> {
			context.start("fulfil", null, Map.of());
			throw new IllegalArgumentException("no");
		});
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> call("fail"));
		assertThat(this.transactions.head()).isSameAs(before);
		assertThat(this.carriedOut).isEmpty();
	}

	@Test
	void repeatedAttemptOrdersOnce() {
		process("shop.retry", (spec) -> spec.starts("fulfil").updates("domain.x"), (context) -> {
			context.find("domain.x");
			context.start("fulfil", "attempt " + context.attempt(), Map.of());
			if (context.attempt() == 1) {
				OtherThreads.run(() -> this.transactions.compareAndSwap(0, Map.of("domain.x", 7)));
			}
			context.set("domain.x", context.attempt());
		});
		call("retry");
		assertThat(this.carriedOut).hasSize(1);
		assertThat(keys(this.carriedOut)).containsExactly("attempt 2");
	}

	@Test
	void partThatFailsOrdersNothing() {
		process("shop.part", (spec) -> spec.starts("fulfil"), (context) -> {
			context.start("fulfil", "part", Map.of());
			throw new IllegalArgumentException("no");
		});
		process("shop.whole", (spec) -> spec.starts("fulfil"), (context) -> {
			context.start("fulfil", "before", Map.of());
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> call("part"));
			context.start("fulfil", "after", Map.of());
		});
		call("whole");
		assertThat(keys(this.carriedOut)).containsExactly("before", "after");
	}

	@Test
	void whatIsNotDeclaredIsRefused() {
		process("shop.none", (spec) -> spec.starts(), (context) -> context.start("fulfil", null, Map.of()));
		process("shop.other", (spec) -> spec.starts("refund", "full"),
				(context) -> context.signalRun("fulfil", "o-1", "cmd_ship", null));
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> call("none"))
			.withMessage("start of 'fulfil' is not declared by process 'shop.none': declared=[], add it to starts");
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> call("other"))
			.withMessage(
					"signal to a run of 'fulfil' is not declared by process 'shop.other': declared=[refund, full], "
							+ "add it to starts");
		assertThat(this.carriedOut).isEmpty();
		assertThat(this.registry.get("none").contract().use().missingStarts()).containsExactly("fulfil");
	}

	@Test
	void undeclaredStartIsRecordedWhereNothingIsRefused() {
		new ProcessFactory(this.registry, this.runner,
				new ProcessSettings(ZONES, false, true, this.variables, List.of()))
			.register("shop.lax", new ProcessSpec().body((context, arguments) -> {
				context.start("fulfil", null, Map.of());
				return null;
			}));
		call("lax");
		assertThat(this.carriedOut).hasSize(1);
		assertThat(this.registry.get("lax").contract().use().missingStarts()).containsExactly("fulfil");
	}

	@Test
	void starStandsForAllWorkflows() {
		process("shop.any", (spec) -> spec.starts("*"), (context) -> context.start("fulfil", null, Map.of()));
		call("any");
		assertThat(this.carriedOut).hasSize(1);
	}

	@Test
	void guideStartsWhatItWantsUnlessItSaysWhat() {
		process("shop.free", (spec) -> spec.semantic(Semantic.GUIDE),
				(context) -> context.start("fulfil", "free", Map.of()));
		process("shop.bound", (spec) -> spec.semantic(Semantic.GUIDE).starts("refund"),
				(context) -> context.start("fulfil", "bound", Map.of()));
		call("free");
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> call("bound"))
			.withMessageContaining("declared=[refund]");
		assertThat(keys(this.carriedOut)).containsExactly("free");
	}

	@Test
	void pureProcessOrdersNothing() {
		process("shop.inner", (spec) -> spec.starts("fulfil"), (context) -> context.start("fulfil", null, Map.of()));
		process("shop.outer", (spec) -> spec.semantic(Semantic.PURE), (context) -> call("inner"));
		process("shop.pure", (spec) -> spec.semantic(Semantic.PURE),
				(context) -> context.signalRun("fulfil", "o-1", "cmd_ship", null));
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> call("pure"))
			.withMessage("signal to a run of 'fulfil' by process 'shop.pure' is refused: a PURE process starts and "
					+ "signals no workflows, declare semantic = EFFECT or GUIDE");
		assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> call("outer"));
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> process("shop.wrong", (spec) -> spec.semantic(Semantic.PURE).starts("fulfil"),
					(context) -> context.version()))
			.withMessageContaining("a PURE process cannot declare starts=[fulfil]");
	}

	@Test
	void unknownWorkflowFailsTheCallThatOrders() {
		process("shop.unknown", (spec) -> spec.starts("*"), (context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.start("fulfill", null, Map.of()))
				.withMessage("unknown 'fulfill'");
			assertThatIllegalStateException().isThrownBy(() -> context.signalRun("fulfill", "o-1", "cmd_ship", 1))
				.withMessage("unknown 'fulfill'");
			assertThatIllegalStateException().isThrownBy(() -> context.start("fulfil", null, Map.of("wrong", 1)))
				.withMessage("wrong input");
		});
		call("unknown");
		assertThat(this.transactions.head().version()).isZero();
	}

	@Test
	void whatIsOrderedIsMadeOfAcceptedValues() {
		List<String> lines = new ArrayList<>(List.of("a"));
		process("shop.values", (spec) -> spec.starts("fulfil"), (context) -> {
			assertThatExceptionOfType(InvalidValueException.class)
				.isThrownBy(() -> context.start("fulfil", null, Map.of("text", new Thread())))
				.withMessageContaining("local.inputs.text");
			assertThatExceptionOfType(InvalidValueException.class)
				.isThrownBy(() -> context.signalRun("fulfil", "o-1", "cmd_ship", new Thread()));
			assertThatExceptionOfType(InvalidTopicException.class)
				.isThrownBy(() -> context.signalRun("fulfil", "o-1", "no topic", 1));
			context.start("fulfil", null, Map.of("order", lines));
			context.signalRun("fulfil", "o-1", "cmd_ship", lines);
			lines.add("b");
		});
		call("values");
		List<RunOrder> ordered = this.carriedOut.get(0).orders();
		assertThat(((RunOrder.Start) ordered.get(0)).inputs()).isEqualTo(Map.of("order", List.of("a")));
		assertThat(((RunOrder.Send) ordered.get(1)).payload()).isEqualTo(List.of("a"));
	}

	@Test
	void rawProcessOrdersWithItsLastCommit() {
		process("shop.raw", (spec) -> spec.starts("fulfil").outputs("domain.**").isolation(Isolation.RAW),
				(context) -> {
					context.start("fulfil", "o-1", Map.of());
					context.set("domain.a", 1);
					context.set("domain.b", 2);
				});
		call("raw");
		assertThat(this.commits).extracting((commit) -> commit.orders().size()).containsExactly(0, 0, 1);
	}

	@Test
	void explicitTransactionMayOrder() {
		this.tenant.set("mine");
		this.transactions.transact(TransactionOptions.DEFAULT, (transaction) -> {
			transaction.start("fulfil", "o-1", Map.of());
			return null;
		});
		assertThat(tenantOf(this.carriedOut.get(0))).isEqualTo("mine");
	}

	@Test
	void runKeepsTheContractVariablesOfItsProcess() {
		process("shop.mine", (spec) -> spec.starts("fulfil").outputs("domain.of.{@tenant}"), (context) -> {
			this.tenant.set("changed");
			context.start("fulfil", "o-1", Map.of());
			context.detach().start("fulfil", "o-2", Map.of());
			this.transactions.transact(TransactionOptions.DEFAULT, (part) -> {
				part.start("fulfil", "o-3", Map.of());
				return null;
			});
		});
		this.tenant.set("mine");
		call("mine");
		assertThat(this.carriedOut.get(0).orders()).hasSize(3)
			.allSatisfy((order) -> assertThat(((RunOrder.Start) order).variables().get("@tenant")).isEqualTo("mine"));
	}

	@Test
	void contextOfAnAsynchronousProcessOrdersWithItsCommit() {
		CompletableFuture<Object> promise = new CompletableFuture<>();
		List<ProcessContext> contexts = new ArrayList<>();
		factory().register("shop.later", new ProcessSpec().starts("fulfil").asyncBody((context, arguments) -> {
			contexts.add(context.detach());
			return promise;
		}));
		CompletableFuture<CallOutcome> result = this.registry.entry("later").start(Map.of(), CallSettings.DECLARED);
		OtherThreads.run(() -> contexts.get(0).start("fulfil", "o-1", Map.of()));
		assertThat(this.carriedOut).isEmpty();
		promise.complete(1);
		assertThat(result).succeedsWithin(LIMIT);
		assertThat(keys(this.carriedOut)).containsExactly("o-1");
	}

	@Test
	void ordersOfAForkReachItsOwnDirectory() {
		List<CommitRecord> within = new ArrayList<>();
		RunOrders own = new RunOrders();
		own.takenBy(new Directory("fulfil", within));
		Transactions fork = this.settings.fork(this.transactions, this.transactions.head(), new AuditRules(),
				new MemoryCommitLog(10), new SignalHub(10), Outbox.builder().build(), own, List.of(), new EngineFacts(),
				this.settings.heap(), new ForkSettings(this, Map.of()));
		process("shop.start", (spec) -> spec.starts("fulfil"), (context) -> context.start("fulfil", "o-1", Map.of()));
		this.registry.in(fork).entry("start").start(Map.of(), CallSettings.DECLARED).join();
		assertThat(keys(within)).containsExactly("o-1");
		assertThat(this.carriedOut).isEmpty();
	}

	@Test
	void directoryThatFailsDisturbsNobody() {
		this.orders.takenBy(new Directory("fulfil", this.carriedOut) {

			@Override
			public void carryOut(CommitRecord commit) {
				throw new IllegalStateException("broken");
			}

		});
		process("shop.start", (spec) -> spec.starts("fulfil"), (context) -> context.start("fulfil", "o-1", Map.of()));
		call("start");
		assertThat(this.commits).hasSize(1);
		assertThat(this.log).containsExactly("listener 1");
	}

	@Test
	void ordersOfManyAreCarriedOutOnceInCommitOrder() {
		process("shop.start", (spec) -> spec.starts("fulfil"), (context) -> context.start("fulfil", "o-1", Map.of()));
		OtherThreads.runAll(4, (thread) -> {
			for (int i = 0; i < 100; i++) {
				call("start");
			}
		});
		assertThat(this.carriedOut).extracting(CommitRecord::version).hasSize(400).isSorted().doesNotHaveDuplicates();
	}

	@Test
	void nothingCanBeOrderedBeforeThereAreWorkflows() {
		RunOrders nowhere = new RunOrders();
		Transactions early = this.settings.fork(this.transactions, this.transactions.head(), new AuditRules(),
				new MemoryCommitLog(10), new SignalHub(10), Outbox.builder().build(), nowhere, List.of(),
				new EngineFacts(), this.settings.heap(), new ForkSettings(this, Map.of()));
		assertThatIllegalStateException().isThrownBy(() -> early.transact(TransactionOptions.DEFAULT, (transaction) -> {
			transaction.start("fulfil", null, Map.of());
			return null;
		}))
			.withMessage(
					"workflow 'fulfil' cannot be started or signalled: the engine has no workflows yet, wait until "
							+ "it is built");
	}

	@Test
	void declaredWorkflowThatIsNoneIsFoundAtTheStart() {
		factory().register(new Shop());
		process("shop.any", (spec) -> spec.starts("*"), (context) -> context.version());
		this.registry.checkStarts(Set.of("fulfil", "refund"));
		assertThatExceptionOfType(InvalidContractException.class)
			.isThrownBy(() -> this.registry.checkStarts(List.of("fulfill", "refund")))
			.withMessage("process 'shop.order' is declared wrongly: it starts 'fulfil', and no workflow has that name, "
					+ "did you mean 'fulfill', name a workflow, or '*' for all");
	}

	private void process(String id, Consumer<ProcessSpec> declaration, Consumer<ProcessContext> body) {
		ProcessSpec spec = new ProcessSpec();
		declaration.accept(spec);
		factory().register(id, spec.body((context, arguments) -> {
			body.accept(context);
			return null;
		}));
	}

	private ProcessFactory factory() {
		return new ProcessFactory(this.registry, this.runner,
				new ProcessSettings(ZONES, true, true, this.variables, List.of()));
	}

	private void call(String process) {
		try {
			this.registry.call(process, Map.of());
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new AssertionError(ex);
		}
	}

	private static List<@Nullable String> keys(List<CommitRecord> commits) {
		List<@Nullable String> keys = new ArrayList<>();
		commits.forEach((commit) -> commit.orders().forEach((order) -> keys.add(((RunOrder.Start) order).key())));
		return keys;
	}

	private static @Nullable Object tenantOf(CommitRecord commit) {
		return ((RunOrder.Start) commit.orders().get(0)).variables().get("@tenant");
	}

	private class Directory implements RunDirectory {

		private final String workflow;

		private final List<CommitRecord> taken;

		Directory(String workflow, List<CommitRecord> taken) {
			this.workflow = workflow;
			this.taken = taken;
		}

		@Override
		public void checkStart(String name, Map<String, @Nullable Object> inputs) {
			checkSignal(name, "");
			if (inputs.containsKey("wrong")) {
				throw new IllegalStateException("wrong input");
			}
		}

		@Override
		public void checkSignal(String name, String signal) {
			if (!name.equals(this.workflow)) {
				throw new IllegalStateException("unknown '%s'".formatted(name));
			}
		}

		@Override
		public VariableValues variables() {
			return new VariableValues(RunOrderTests.this.variables).takeAll();
		}

		@Override
		public Map<String, String> trace() {
			return Map.of();
		}

		@Override
		public void carryOut(CommitRecord commit) {
			this.taken.add(commit);
			RunOrderTests.this.log.add("carried out %d, paid %s".formatted(commit.version(),
					RunOrderTests.this.transactions.head().find("domain.paid")));
		}

	}

	public static final class Shop {

		@Process(starts = "fulfil")
		public void order(ProcessContext context) {
			context.start("fulfil", null, Map.of());
		}

	}

}
