package io.theus.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.audit.recipe.AuditRules;
import io.theus.contract.ContractVariables;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavySettings;
import io.theus.history.History;
import io.theus.outbox.DefaultOutbox;
import io.theus.outbox.Outbox;
import io.theus.path.Zones;
import io.theus.process.AnnotatedProcesses;
import io.theus.process.AsyncExecutor;
import io.theus.process.ParallelCalls;
import io.theus.process.ProcessRegistry;
import io.theus.process.ProcessRunner;
import io.theus.process.SharedPlaces;
import io.theus.run.SimulationFork;
import io.theus.run.WorkflowSettings;
import io.theus.run.Workflows;
import io.theus.signal.SignalHub;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;
import io.theus.state.VolatilePaths;
import io.theus.store.CommitLog;
import io.theus.transaction.CommitListener;
import io.theus.transaction.ForkSettings;
import io.theus.transaction.RunOrders;
import io.theus.transaction.TransactionSettings;
import io.theus.transaction.Transactions;

/**
 * What forks of an engine are made of.
 *
 * @param settings the rules of its transactions
 * @param root its transactions
 * @param processes its processes
 * @param runner runs them
 * @param reader reads their declarations
 * @param executor its threads
 * @param variables its contract variables
 * @param workflows its workflows
 * @param workflowSettings how they run
 * @param commits makes a place for the commits of a fork
 * @param hubs makes a hub for the signals of a fork
 * @param outboxes makes an outbox for the messages of a fork
 * @param telling gives the facts of a fork
 */
record Forks(TransactionSettings settings, Transactions root, ProcessRegistry processes, ProcessRunner runner,
		AnnotatedProcesses reader, AsyncExecutor executor, ContractVariables variables, Workflows workflows,
		WorkflowSettings workflowSettings, Supplier<CommitLog> commits, Supplier<SignalHub> hubs,
		Supplier<DefaultOutbox> outboxes, Telling telling) {

	ForkedEngine fork(Snapshot from, AuditRules rules,
			Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results) {
		return new ForkedEngine(this, from, rules, byId(results), null);
	}

	/**
	 * Fork for a simulation.
	 * @param from the version to begin with
	 * @param rules what is in force where it is forked
	 * @param results what stands in for processes, by their names
	 * @param listener hears of the commits of the fork, in place of its workflows
	 * @return what a simulation needs of the fork
	 */
	SimulationFork simulation(Snapshot from, AuditRules rules,
			Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results, CommitListener listener) {
		ForkedEngine fork = new ForkedEngine(this, from, rules, byId(results), listener);
		ForkedEngine.Parts parts = fork.parts();
		return new SimulationFork(parts.engine().processes(), parts.transactions()::head,
				parts.transactions().auditor()::stop, parts.facts(), TheusEngineBuilder.emitter(parts.transactions()),
				fork::close);
	}

	private Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> byId(
			Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> results) {
		Map<String, Function<Map<String, @Nullable Object>, @Nullable Object>> byId = new HashMap<>();
		results.forEach((name, result) -> byId.put(this.processes.get(name).id(), result));
		return byId;
	}

	// Made when the fork is first used for more than looking
	ForkedEngine.Parts start(Snapshot from, AuditRules rules, ForkSettings fork, @Nullable CommitListener listener) {
		CommitLog ownCommits = this.commits.get();
		SignalHub hub = this.hubs.get();
		DefaultOutbox outbox = this.outboxes.get();
		EngineFacts facts = new EngineFacts();
		Zones zones = this.settings.zones();
		VolatilePaths volatiles = this.settings.volatiles();
		AtomicReference<Workflows> hearing = new AtomicReference<>();
		RunOrders orders = new RunOrders();
		AtomicReference<Transactions> allocating = new AtomicReference<>();
		HeavyHeap heap = this.settings.heap()
			.fork(HeavySettings.newSession(), (key) -> TheusEngineBuilder.use(allocating.get(), key));
		Transactions transactions = this.settings.fork(this.root, from, rules, ownCommits, hub, outbox, orders,
				List.of((listener != null) ? listener : (record) -> TheusEngineBuilder.tell(hearing.get(), record)),
				facts, heap, fork);
		allocating.set(transactions);
		ProcessRegistry entries = this.processes.in(transactions);
		SharedPlaces places = new SharedPlaces(zones, this.settings.merges(), volatiles);
		Workflows own = new Workflows(entries, transactions::head, transactions.auditor()::stop, facts,
				TheusEngineBuilder.emitter(transactions), this.executor, this.variables, places,
				new WorkflowSettings(this.workflowSettings.maxOps(), this.workflowSettings.debug(), List.of()),
				(results, simulated) -> simulation(transactions.head(), transactions.auditor().rules(), results,
						simulated));
		own.addAllOf(this.workflows);
		hearing.set(own);
		if (listener == null) {
			hub.tap(own::published);
			orders.takenBy(own.directory());
		}
		else {
			orders.takenBy(new NotedOrders(own.directory()));
		}
		this.telling.tell(facts, transactions, entries, own, outbox);
		DefaultTheusEngine engine = new DefaultTheusEngine(transactions, entries, this.runner, this.reader,
				this.executor, new ParallelCalls(entries, this.executor, transactions::head, places), own, hub, outbox,
				heap, new History(transactions, ownCommits, zones, volatiles), this);
		return new ForkedEngine.Parts(transactions, engine, heap, facts);
	}

	/**
	 * Gives the facts of an engine.
	 */
	@FunctionalInterface
	interface Telling {

		/**
		 * Add the facts.
		 * @param facts where to add them
		 * @param transactions its transactions
		 * @param processes its processes
		 * @param workflows its workflows
		 * @param outbox its outbox
		 */
		void tell(EngineFacts facts, Transactions transactions, ProcessRegistry processes, Workflows workflows,
				Outbox outbox);

	}

}
