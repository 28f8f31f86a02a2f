package io.theus.transaction;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.audit.Auditor;
import io.theus.audit.recipe.AuditRules;
import io.theus.conflict.ConflictPolicy;
import io.theus.conflict.ConflictSettings;
import io.theus.conflict.Tickets;
import io.theus.heavy.HeavyHeap;
import io.theus.invariant.Invariants;
import io.theus.outbox.MessageEncoder;
import io.theus.outbox.MessageIntake;
import io.theus.path.Zones;
import io.theus.signal.SignalHub;
import io.theus.state.EngineFacts;
import io.theus.state.MergeRules;
import io.theus.state.Snapshot;
import io.theus.state.Values;
import io.theus.state.VolatilePaths;
import io.theus.store.CommitLog;

/**
 * What the transactions of an engine are made of.
 *
 * @param zones the zone resolver
 * @param values which values are accepted
 * @param merges where what transactions bring along is merged
 * @param volatiles where the last writer wins
 * @param rules what must hold on the resulting state
 * @param auditor keeps account of what audit rules find
 * @param invariants what each commit must keep
 * @param commits where commits are kept
 * @param hub where signals go
 * @param outbox where messages go
 * @param runs where orders to runs go
 * @param encoder makes messages, as large and as many as there may be
 * @param listeners who hears of commits
 * @param conflicts attempts and waits
 * @param policy decides about executions that conflict
 * @param clock gives the time of a commit
 * @param timeout the limit of explicit transactions that state none
 * @param metaCapacity how many commits the meta log keeps
 * @param historyRoom how many bytes the versions that are kept may hold, as estimated
 * @param facts what the engine tells about itself
 * @param isolation how much must not have changed where nobody says
 * @param strictCompareAndSwap whether any difference of versions refuses a
 * compare-and-swap
 * @param surroundings transactions of another kind that work can be part of
 * @param heap holds the arrays that the state refers to
 * @since 0.1.0
 */
public record TransactionSettings(Zones zones, Values values, MergeRules merges, VolatilePaths volatiles,
		List<CommitRule> rules, Auditor auditor, Invariants invariants, CommitLog commits, SignalHub hub,
		MessageIntake outbox, RunOrders runs, MessageEncoder encoder, List<CommitListener> listeners,
		ConflictSettings conflicts, ConflictPolicy policy, Clock clock, Duration timeout, int metaCapacity,
		long historyRoom, EngineFacts facts, Isolation isolation, boolean strictCompareAndSwap,
		SurroundingTransactions surroundings, HeavyHeap heap) {

	/**
	 * Build the transactions of an engine.
	 * @return the transactions, on the empty state
	 */
	public Transactions build() {
		return build(CommitTelemetry.NONE);
	}

	/**
	 * Build the transactions of an engine that is watched.
	 * @param telemetry watches its commits, but not those of its forks
	 * @return the transactions, on the empty state
	 */
	public Transactions build(CommitTelemetry telemetry) {
		return build(Snapshot.empty(), new WatchedCommits(telemetry), null, null);
	}

	/**
	 * Build the transactions of a fork: the same rules on a state of its own, which
	 * nobody else sees.
	 * @param root what is forked
	 * @param from the version to begin with
	 * @param ownRules the rules of the fork about processes
	 * @param ownCommits where commits of the fork are kept
	 * @param ownHub where signals of the fork go
	 * @param ownOutbox where messages of the fork go
	 * @param ownRuns where orders to runs of the fork go
	 * @param ownFacts what the fork tells about itself
	 * @param ownHeap holds the arrays of the fork
	 * @param fork what else is different
	 * @return the transactions
	 */
	public Transactions fork(Transactions root, Snapshot from, AuditRules ownRules, CommitLog ownCommits,
			SignalHub ownHub, MessageIntake ownOutbox, RunOrders ownRuns, List<CommitListener> ownListeners,
			EngineFacts ownFacts, HeavyHeap ownHeap, ForkSettings fork) {
		return new TransactionSettings(this.zones, this.values, this.merges, this.volatiles, this.rules,
				this.auditor.fork(ownRules), this.invariants, ownCommits, ownHub, ownOutbox, ownRuns, this.encoder,
				ownListeners, this.conflicts, this.policy, this.clock, this.timeout, this.metaCapacity,
				this.historyRoom, ownFacts, this.isolation, this.strictCompareAndSwap, SurroundingTransactions.NONE,
				ownHeap)
			.build(from, WatchedCommits.NONE, root, fork);
	}

	private Transactions build(Snapshot from, WatchedCommits watched, @Nullable Transactions forkOf,
			@Nullable ForkSettings fork) {
		MetaLog metaLog = new MetaLog(this.metaCapacity);
		AfterCommit afterCommit = new AfterCommit(this.hub, this.outbox, this.runs, this.listeners);
		Object lock = new Object();
		Tickets tickets = new Tickets(lock, System::nanoTime);
		HeavyReferences arrays = new HeavyReferences(this.heap, this.zones);
		CommitPoint commitPoint = new CommitPoint(lock, tickets, this.policy, this.commits, this.outbox, afterCommit,
				new Judge(this.rules, this.auditor), this.invariants, this.zones, this.volatiles, this.clock, metaLog,
				this.historyRoom, arrays, from);
		ScopeSettings scopes = new ScopeSettings(this.zones, this.values, this.encoder, new MessageIds(),
				new MergeOperations(this.merges, this.values), this.volatiles, this.facts, this.runs, this.auditor,
				arrays);
		return new Transactions(commitPoint, scopes, new RetryLoop(this.conflicts, this.policy, tickets), tickets,
				this.timeout, metaLog, this.isolation, this.strictCompareAndSwap, this.surroundings, watched, forkOf,
				fork);
	}

}
