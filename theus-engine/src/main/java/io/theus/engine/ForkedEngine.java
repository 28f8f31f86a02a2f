package io.theus.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.ProcessContext;
import io.theus.TransactionContext;
import io.theus.audit.Audit;
import io.theus.audit.recipe.AuditRules;
import io.theus.conflict.ConflictReport;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavyZone;
import io.theus.history.History;
import io.theus.invariant.Invariants;
import io.theus.outbox.Outbox;
import io.theus.parallel.ParallelStatus;
import io.theus.process.AnnotatedProcesses;
import io.theus.process.ExecutionKey;
import io.theus.process.ProcessCall;
import io.theus.process.ProcessRegistry;
import io.theus.process.ProcessRunner;
import io.theus.run.Workflows;
import io.theus.signal.SignalHub;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;
import io.theus.state.State;
import io.theus.transaction.CommitListener;
import io.theus.transaction.ForkSettings;
import io.theus.transaction.MetaLog;
import io.theus.transaction.TransactionOptions;
import io.theus.transaction.Transactions;

/**
 * A private engine on a version of another one. What runs in it finds it wherever it
 * would find the other engine.
 */
// Every call marks its thread for as long as it lasts: the engine that was forked, its
// runner and its transactions, which beans hold, then stand for this fork. Nothing is
// made until the fork is used for more than looking.
@SuppressWarnings({ "TypeParameterUnusedInFormals", "NullAway" })
final class ForkedEngine implements TheusEngine {

	private final Forks forks;

	private final Snapshot from;

	private final AuditRules rules;

	private final ForkSettings settings;

	// Hears of commits in place of the workflows, which then hear of nothing
	private final @Nullable CommitListener listener;

	private volatile @Nullable Parts parts;

	ForkedEngine(Forks forks, Snapshot from, AuditRules rules,
			Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results,
			@Nullable CommitListener listener) {
		this.forks = forks;
		this.listener = listener;
		this.from = from;
		this.rules = rules.fork();
		this.settings = new ForkSettings(this, results);
	}

	Parts parts() {
		Parts made = this.parts;
		if (made != null) {
			return made;
		}
		synchronized (this) {
			if (this.parts == null) {
				this.parts = this.forks.start(this.from, this.rules, this.settings, this.listener);
			}
			return this.parts;
		}
	}

	private <T> T within(Function<DefaultTheusEngine, T> call) {
		Parts made = parts();
		return made.transactions.during(() -> call.apply(made.engine));
	}

	DefaultTheusEngine engine() {
		return parts().engine;
	}

	@Override
	public State state() {
		return (this.parts != null) ? within(DefaultTheusEngine::state) : this.from;
	}

	@Override
	public <T> T execute(String process, @Nullable Object... arguments) {
		return within((engine) -> engine.execute(process, arguments));
	}

	@Override
	public <T> T execute(String process, Map<String, ?> arguments) {
		return within((engine) -> engine.execute(process, arguments));
	}

	@Override
	public <T> T execute(ExecutionKey key, String process, @Nullable Object... arguments) {
		return within((engine) -> engine.execute(key, process, arguments));
	}

	@Override
	public <T> T execute(ExecutionKey key, String process, Map<String, ?> arguments) {
		return within((engine) -> engine.execute(key, process, arguments));
	}

	@Override
	public <T> CompletableFuture<T> executeAsync(String process, @Nullable Object... arguments) {
		return within((engine) -> engine.executeAsync(process, arguments));
	}

	@Override
	public <T> CompletableFuture<T> executeAsync(String process, Map<String, ?> arguments) {
		return within((engine) -> engine.executeAsync(process, arguments));
	}

	@Override
	public <T> CompletableFuture<T> executeParallel(String process, @Nullable Object... arguments) {
		return within((engine) -> engine.executeParallel(process, arguments));
	}

	@Override
	public <T> CompletableFuture<T> executeParallel(String process, Map<String, ?> arguments) {
		return within((engine) -> engine.executeParallel(process, arguments));
	}

	@Override
	public List<CompletableFuture<@Nullable Object>> executeAll(Collection<ProcessCall> calls) {
		return within((engine) -> engine.executeAll(calls));
	}

	@Override
	public ParallelStatus parallel() {
		return parts().engine.parallel();
	}

	@Override
	public <T> T transact(TransactionOptions options, Function<TransactionContext, T> body) {
		return within((engine) -> engine.transact(options, body));
	}

	@Override
	public <T> T transact(ExecutionKey key, Class<T> type, TransactionOptions options,
			Function<TransactionContext, T> body) {
		return within((engine) -> engine.transact(key, type, options, body));
	}

	@Override
	public long compareAndSwap(long expectedVersion, Map<String, ?> update) {
		return within((engine) -> engine.compareAndSwap(expectedVersion, update));
	}

	@Override
	public void edit(String reason, Consumer<TransactionContext> body) {
		within((engine) -> {
			engine.edit(reason, body);
			return true;
		});
	}

	@Override
	public TheusEngine fork(long version,
			Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results) {
		return parts().engine.fork(version, results);
	}

	@Override
	public HeavyZone heavy() {
		return parts().engine.heavy();
	}

	@Override
	public ProcessContext context() {
		return parts().engine.context();
	}

	@Override
	public ProcessRegistry processes() {
		return parts().engine.processes();
	}

	@Override
	public ProcessRunner runner() {
		return parts().engine.runner();
	}

	@Override
	public AnnotatedProcesses annotatedProcesses() {
		return parts().engine.annotatedProcesses();
	}

	@Override
	public Workflows workflows() {
		return parts().engine.workflows();
	}

	@Override
	public SignalHub signals() {
		return parts().engine.signals();
	}

	@Override
	public Outbox outbox() {
		return parts().engine.outbox();
	}

	@Override
	public History history() {
		return parts().engine.history();
	}

	@Override
	public ConflictReport conflicts(int limit) {
		return parts().engine.conflicts(limit);
	}

	@Override
	public Invariants invariants() {
		return within(DefaultTheusEngine::invariants);
	}

	@Override
	public Audit audit() {
		return within(DefaultTheusEngine::audit);
	}

	@Override
	public void resume(String reason) {
		within((engine) -> {
			engine.resume(reason);
			return true;
		});
	}

	@Override
	public MetaLog metaLog() {
		return parts().engine.metaLog();
	}

	// The threads are those of the engine that was forked
	@Override
	public void close() {
		Parts made = this.parts;
		if (made != null) {
			made.engine.outbox().close();
			made.engine.signals().close();
			made.heap.close();
		}
	}

	/**
	 * What a fork consists of once it is used.
	 *
	 * @param transactions its transactions
	 * @param engine the engine on them
	 * @param heap its arrays
	 * @param facts what it tells about itself
	 */
	record Parts(Transactions transactions, DefaultTheusEngine engine, HeavyHeap heap, EngineFacts facts) {

	}

}
