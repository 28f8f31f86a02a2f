package io.theus.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.TransactionContext;
import io.theus.audit.Audit;
import io.theus.conflict.ConflictReport;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavyZone;
import io.theus.history.History;
import io.theus.invariant.Invariants;
import io.theus.outbox.Outbox;
import io.theus.parallel.ParallelStatus;
import io.theus.process.AnnotatedProcesses;
import io.theus.process.AsyncExecutor;
import io.theus.process.CurrentContext;
import io.theus.process.ExecutionKey;
import io.theus.process.ParallelCalls;
import io.theus.process.ProcessCall;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessRegistry;
import io.theus.process.ProcessRunner;
import io.theus.run.Workflows;
import io.theus.signal.SignalHub;
import io.theus.state.Snapshot;
import io.theus.state.State;
import io.theus.transaction.ForkSettings;
import io.theus.transaction.Frame;
import io.theus.transaction.MetaLog;
import io.theus.transaction.ScopedState;
import io.theus.transaction.TransactionOptions;
import io.theus.transaction.Transactions;

/**
 * The engine: hands each call to the feature that it belongs to.
 */
// What a process returns, null included, is known to its caller only
@SuppressWarnings({ "TypeParameterUnusedInFormals", "NullAway" })
final class DefaultTheusEngine implements TheusEngine {

	private static final Duration AUDIT_DRAIN = Duration.ofSeconds(5);

	private final ProcessContext context = new CurrentContext();

	private final Transactions transactions;

	private final ProcessRegistry processes;

	private final ProcessRunner runner;

	private final AnnotatedProcesses reader;

	private final AsyncExecutor executor;

	private final ParallelCalls calls;

	private final Workflows workflows;

	private final SignalHub hub;

	private final Outbox outbox;

	private final HeavyHeap heap;

	private final History history;

	private final Forks forks;

	DefaultTheusEngine(Transactions transactions, ProcessRegistry processes, ProcessRunner runner,
			AnnotatedProcesses reader, AsyncExecutor executor, ParallelCalls calls, Workflows workflows, SignalHub hub,
			Outbox outbox, HeavyHeap heap, History history, Forks forks) {
		this.heap = heap;
		this.history = history;
		this.forks = forks;
		this.transactions = transactions;
		this.processes = processes;
		this.runner = runner;
		this.reader = reader;
		this.executor = executor;
		this.calls = calls;
		this.workflows = workflows;
		this.hub = hub;
		this.outbox = outbox;
	}

	@Override
	public State state() {
		Frame running = this.transactions.running();
		return (running != null) ? new ScopedState(running.scope()) : this.transactions.head();
	}

	@Override
	public <T> T execute(String process, @Nullable Object... arguments) {
		return call(() -> this.processes.call(process, arguments));
	}

	@Override
	public <T> T execute(String process, Map<String, ?> arguments) {
		return call(() -> this.processes.call(process, arguments));
	}

	@Override
	public <T> T execute(ExecutionKey key, String process, @Nullable Object... arguments) {
		ProcessDefinition definition = this.processes.get(process);
		return call(() -> this.runner.execute(key, definition, () -> this.processes.call(definition.id(), arguments)));
	}

	@Override
	public <T> T execute(ExecutionKey key, String process, Map<String, ?> arguments) {
		ProcessDefinition definition = this.processes.get(process);
		return call(() -> this.runner.execute(key, definition, () -> this.processes.call(definition.id(), arguments)));
	}

	// The result and the exceptions of a process are its own: no signature can name them
	@SuppressWarnings({ "unchecked", "NullAway" })
	private static <T> T call(Frame.Body<? extends @Nullable Object> call) {
		try {
			return (T) call.run();
		}
		catch (Throwable ex) {
			throw DefaultTheusEngine.<RuntimeException>sneaky(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <X extends Throwable> X sneaky(Throwable failure) throws X {
		throw (X) failure;
	}

	@Override
	public <T> CompletableFuture<T> executeAsync(String process, @Nullable Object... arguments) {
		ProcessDefinition definition = this.processes.get(process);
		return submit(definition, () -> execute(definition.id(), arguments),
				() -> this.processes.begin(definition.id(), arguments));
	}

	@Override
	public <T> CompletableFuture<T> executeAsync(String process, Map<String, ?> arguments) {
		ProcessDefinition definition = this.processes.get(process);
		return submit(definition, () -> execute(definition.id(), arguments),
				() -> this.processes.begin(definition.id(), arguments));
	}

	@Override
	public <T> CompletableFuture<T> executeParallel(String process, @Nullable Object... arguments) {
		ProcessDefinition definition = this.processes.get(process);
		return submitParallel(definition, () -> execute(definition.id(), arguments),
				() -> this.processes.begin(definition.id(), arguments));
	}

	@Override
	public <T> CompletableFuture<T> executeParallel(String process, Map<String, ?> arguments) {
		ProcessDefinition definition = this.processes.get(process);
		return submitParallel(definition, () -> execute(definition.id(), arguments),
				() -> this.processes.begin(definition.id(), arguments));
	}

	@SuppressWarnings("unchecked")
	private <T> CompletableFuture<T> submitParallel(ProcessDefinition process, Callable<@Nullable Object> call,
			Frame.Body<CompletableFuture<@Nullable Object>> beginning) {
		refuseAsPart("process '" + process.id() + "'");
		return (CompletableFuture<T>) (process.isAsynchronous()
				? this.executor.submitAsynchronousParallel(process, this.runner.withVariables(() -> call(beginning)))
				: this.executor.submitParallel(process, this.runner.withVariables(call)));
	}

	private static void refuseAsPart(String what) {
		Frame running = Frame.current();
		if (running != null) {
			throw new IllegalStateException(
					"%s cannot be executed in parallel within %s: it would not be part of that transaction, call it, or execute it after the commit"
						.formatted(what, running.scope().origin()));
		}
	}

	@Override
	public List<CompletableFuture<@Nullable Object>> executeAll(Collection<ProcessCall> calls) {
		refuseAsPart("a list of %d calls".formatted(calls.size()));
		return this.calls.start(calls);
	}

	@Override
	public ParallelStatus parallel() {
		return this.executor.parallel().status();
	}

	@SuppressWarnings("unchecked")
	private <T> CompletableFuture<T> submit(ProcessDefinition process, Callable<@Nullable Object> call,
			Frame.Body<CompletableFuture<@Nullable Object>> beginning) {
		this.runner.checkCall(process);
		if (process.isAsynchronous()) {
			return (CompletableFuture<T>) this.executor.submitAsynchronous(process,
					this.runner.withVariables(() -> call(beginning)));
		}
		return (CompletableFuture<T>) this.executor.submit(process, this.runner.withVariables(call));
	}

	@Override
	public <T> T transact(TransactionOptions options, Function<TransactionContext, T> body) {
		return this.transactions.transact(options, body);
	}

	@Override
	public <T> T transact(ExecutionKey key, Class<T> type, TransactionOptions options,
			Function<TransactionContext, T> body) {
		return this.transactions.once(options, key.key(), key.retention(), type, body);
	}

	@Override
	public long compareAndSwap(long expectedVersion, Map<String, ?> update) {
		return this.transactions.compareAndSwap(expectedVersion, update);
	}

	@Override
	public void edit(String reason, Consumer<TransactionContext> body) {
		this.transactions.edit(reason, body);
	}

	@Override
	public ProcessContext context() {
		return this.context;
	}

	@Override
	public ProcessRegistry processes() {
		return this.processes;
	}

	@Override
	public ProcessRunner runner() {
		return this.runner;
	}

	@Override
	public AnnotatedProcesses annotatedProcesses() {
		return this.reader;
	}

	@Override
	public Workflows workflows() {
		return here().workflows;
	}

	@Override
	public SignalHub signals() {
		return here().hub;
	}

	@Override
	public Outbox outbox() {
		return here().outbox;
	}

	@Override
	public HeavyZone heavy() {
		return here().heap;
	}

	@Override
	public History history() {
		return here().history;
	}

	// On the thread of a fork this engine stands for it
	private DefaultTheusEngine here() {
		ForkSettings fork = this.transactions.fork();
		return (fork != null) ? ((ForkedEngine) fork.owner()).engine() : this;
	}

	@Override
	public TheusEngine fork(long version,
			Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results) {
		return this.forks.fork((Snapshot) here().history.at(version), this.transactions.auditor().rules(), results);
	}

	@Override
	public ConflictReport conflicts(int limit) {
		return ConflictReport.of(this.transactions.conflictStatistics(), this.transactions.tickets(), limit);
	}

	@Override
	public Invariants invariants() {
		return this.transactions.invariants();
	}

	@Override
	public Audit audit() {
		return new Audit(this.transactions.auditor(), this.processes);
	}

	@Override
	public void resume(String reason) {
		this.transactions.resume(reason);
	}

	@Override
	public MetaLog metaLog() {
		return this.transactions.metaLog();
	}

	@Override
	public void close() {
		this.executor.close();
		this.outbox.close();
		this.hub.close();
		this.heap.close();
		this.transactions.auditor().close(AUDIT_DRAIN);
	}

}
