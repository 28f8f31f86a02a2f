package io.theus.transaction;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.audit.AuditException;
import io.theus.audit.Auditor;
import io.theus.audit.EngineStop;
import io.theus.audit.EngineStoppedException;
import io.theus.audit.Verdicts;
import io.theus.audit.rule.Violation;
import io.theus.conflict.Claim;
import io.theus.conflict.Conflict;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictPolicy;
import io.theus.conflict.ConflictStatistics;
import io.theus.conflict.Ticket;
import io.theus.conflict.Tickets;
import io.theus.conflict.Worker;
import io.theus.internal.collection.PersistentMap;
import io.theus.invariant.InvariantMemory;
import io.theus.invariant.Invariants;
import io.theus.invariant.Judged;
import io.theus.invariant.Proposal;
import io.theus.outbox.MessageIntake;
import io.theus.path.Path;
import io.theus.path.Zones;
import io.theus.state.PrivatePaths;
import io.theus.state.SizeEstimate;
import io.theus.state.Snapshot;
import io.theus.state.StateChange;
import io.theus.state.VolatilePaths;
import io.theus.store.CommitLog;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitRecord;
import io.theus.store.RecordedExecution;
import io.theus.store.Verdict;

/**
 * The one place where the state changes.
 */
// The head is a volatile reference to the newest snapshot. Readers take it and never
// wait. A commit first looks without any lock whether what it depends on has changed, and
// where there are rules works out what it would make of the head. Then it takes the lock.
// If the head has moved meanwhile it looks again, now at a head that cannot move, and
// applies its changes to it. It appends the record, replaces the head (volatile write:
// whoever reads the new head sees all of its tree) and queues what follows. The order of
// the log, of the heads and of the queue is therefore one order.
//
// Serialisability: every path that was read or written is compared with the live value
// under the lock (by identity, then equals), so a commit is equivalent to having run
// entirely at its place in the order. Write skew is refused because reads count. A
// transaction without effects needs no validation: it is equivalent to having run at its
// snapshot. What is merged or written blindly is repeated on the live value instead.
//
// The rules run outside the lock on base plus changes. Where the live state differs from
// base they run again on what is really committed, and a failure there is a conflict: the
// transaction is right about its snapshot and wrong about the world.
//
// Invariants are judged on the live state only, by what they remember of it. Version and
// memory are one pair (Remembered), replaced under the lock just before the head: whoever
// reads the pair has both of one version, and under the lock it is that of the head.
//
// Limit: one lock, one tree. Disjoint commits share the lock for the time of a path copy.
final class CommitPoint {

	private static final Logger logger = LoggerFactory.getLogger(CommitPoint.class);

	private static final int TRACKED_PATHS = 100_000;

	// Renewed as long as the worker of the surrounding transaction lives
	private static final Duration PREPARED_LEASE = Duration.ofSeconds(5);

	private final Object lock;

	private final Tickets tickets;

	private final ConflictPolicy policy;

	private final ConflictStatistics statistics = new ConflictStatistics();

	private final CommitLog commits;

	private final Versions versions;

	private final MessageIntake outbox;

	private final AfterCommit afterCommit;

	private final Judge judge;

	private final Invariants invariants;

	private final Zones zones;

	private final VolatilePaths volatiles;

	private final Clock clock;

	private final MetaLog metaLog;

	private final ExecutionKeys executions;

	private final HeavyReferences arrays;

	private volatile Snapshot head;

	// Null where there are no invariants
	private volatile @Nullable Remembered remembered;

	// Made for those who compare and swap: nobody else shall pay for it
	private volatile @Nullable ChangeIndex lastChanges;

	CommitPoint(Object lock, Tickets tickets, ConflictPolicy policy, CommitLog commits, MessageIntake outbox,
			AfterCommit afterCommit, Judge judge, Invariants invariants, Zones zones, VolatilePaths volatiles,
			Clock clock, MetaLog metaLog, long historyRoom, HeavyReferences arrays, Snapshot from) {
		this.arrays = arrays;
		this.invariants = invariants;
		this.remembered = invariants.isEmpty() ? null : new Remembered(from, invariants.begin(from, clock.instant()));
		this.head = from;
		this.volatiles = volatiles;
		this.lock = lock;
		this.tickets = tickets;
		this.policy = policy;
		this.commits = commits;
		this.versions = new Versions(commits.capacity(), historyRoom, from);
		this.outbox = outbox;
		this.afterCommit = afterCommit;
		this.judge = judge;
		this.zones = zones;
		this.clock = clock;
		this.metaLog = metaLog;
		this.executions = new ExecutionKeys(clock);
	}

	ExecutionKeys executions() {
		return this.executions;
	}

	ConflictStatistics statistics() {
		return this.statistics;
	}

	Snapshot head() {
		return this.head;
	}

	Auditor auditor() {
		return this.judge.auditor();
	}

	Invariants invariants() {
		return this.invariants;
	}

	/**
	 * Refuse work while the engine is stopped.
	 * @param origin who works
	 * @throws EngineStoppedException if the engine is stopped, unless it is the work of
	 * an administrator
	 */
	void refuseIfStopped(CommitOrigin origin) {
		EngineStop stop = auditor().stop();
		if (stop != null && !origin.isAdministrative()) {
			throw new EngineStoppedException(origin.toString(), stop);
		}
	}

	/**
	 * Count what rules had to say about work that has failed for good, and stop the
	 * engine if one of them says so.
	 * @param scope the last attempt; where that goes on, the work was an execution in it
	 * @param origin who has failed
	 * @param failure what it has failed with; after a conflict nothing counts
	 */
	void failed(Scope scope, CommitOrigin origin, Throwable failure) {
		Verdicts refusal = scope.takeRefusal();
		Verdicts said = scope.said();
		boolean part = scope.isOpen();
		if (failure instanceof ConflictException) {
			if (part && said != null) {
				said.forget(origin);
			}
			return;
		}
		if (said == null && refusal != null) {
			said = scope.verdicts(origin);
		}
		if (said != null) {
			Verdicts.Stopping stopping = part ? said.fail(origin, refusal) : said.fail(refusal);
			if (stopping != null) {
				stop(stopping.violation(), stopping.by());
			}
		}
	}

	// From then on nothing is committed but the work of administrators
	private void stop(Violation violation, CommitOrigin by) {
		CommitRecord record;
		EngineStop cause;
		synchronized (this.lock) {
			if (auditor().stop() != null) {
				return;
			}
			record = mark(new CommitOrigin(CommitOrigin.Kind.STOP, violation.rule().id(), by.executionId()));
			cause = new EngineStop(record.version(), record.time(), violation.rule().id(), violation.path(),
					violation.message(), by.toString(), by.executionId());
			auditor().stop(cause);
		}
		auditor().stopped(cause);
		tell(record);
	}

	/**
	 * Let the engine go on.
	 * @param reason why, for the record
	 * @return the version by which it does
	 * @throws IllegalStateException if it is not stopped
	 */
	long resume(String reason) {
		CommitRecord record;
		synchronized (this.lock) {
			if (auditor().stop() == null) {
				throw new IllegalStateException("engine cannot be resumed: it is not stopped");
			}
			record = mark(new CommitOrigin(CommitOrigin.Kind.RESUME, reason, null));
			auditor().stop(null);
		}
		auditor().resumed(record.time(), record.version(), reason);
		tell(record);
		return record.version();
	}

	// A commit that changes nothing
	private CommitRecord mark(CommitOrigin origin) {
		Snapshot live = this.head;
		CommitRecord record = new CommitRecord(live.version() + 1, origin, this.clock.instant(), List.of(), List.of(),
				List.of());
		replaceHead(record, new Candidate(live, live.root(), List.of(), live.privatePaths(), null, memory()));
		this.afterCommit.enqueue(record);
		return record;
	}

	private void tell(CommitRecord record) {
		this.metaLog.add(record);
		CommitCapture.apart(this.afterCommit::run);
	}

	boolean isTellingHere() {
		return this.afterCommit.isRunningHere();
	}

	@Nullable Snapshot at(long version) {
		return (version >= 0) ? this.versions.at(version) : null;
	}

	// A lower bound: it may be overtaken at once
	long oldestVersion() {
		return this.versions.oldest();
	}

	/**
	 * Keep from now on which version changed what last, beyond the versions that are
	 * kept.
	 */
	void trackChanges() {
		if (this.lastChanges != null) {
			return;
		}
		synchronized (this.lock) {
			if (this.lastChanges == null) {
				List<CommitRecord> kept = this.commits.read(0);
				ChangeIndex index = new ChangeIndex(TRACKED_PATHS,
						kept.isEmpty() ? this.head.version() : kept.get(0).version() - 1);
				kept.forEach(index::add);
				this.lastChanges = index;
			}
		}
	}

	/**
	 * Return why a path cannot be taken to be the same as in a version that is no longer
	 * kept.
	 * @param path the path
	 * @param version the version
	 * @return the reason, {@code null} if nothing at, above or below the path has changed
	 * since
	 */
	@Nullable String changedSince(Path path, long version) {
		synchronized (this.lock) {
			ChangeIndex index = Objects.requireNonNull(this.lastChanges);
			long last = index.lastChange(path);
			if (last <= version) {
				return null;
			}
			return (last > index.floor()) ? "its last change is version=%d".formatted(last)
					: "version=%d is older than the history that is kept".formatted(version);
		}
	}

	/**
	 * Commit or refuse as a whole.
	 * @param transaction the transaction, which is ended either way
	 * @return the version that the commit made, or the base if there was nothing to do
	 * @throws ConflictException if what it depends on has changed
	 * @throws TransactionTimeoutException if its time is over
	 * @throws RuntimeException from a rule that does not hold
	 */
	Snapshot commit(Transaction transaction) {
		transaction.end();
		refuseIfStopped(transaction.origin());
		transaction.deadline().beginCommit(transaction.origin());
		boolean done = false;
		try {
			Snapshot snapshot = isNothing(transaction) ? transaction.base() : commitChanges(transaction);
			transaction.committed();
			done = true;
			return snapshot;
		}
		finally {
			if (!done) {
				transaction.deadline().reopen();
			}
		}
	}

	// Rules may ask for what was not written
	private static boolean isNothing(Transaction transaction) {
		return transaction.isReadOnly() && transaction.verdicts() == null && transaction.gates().isEmpty();
	}

	private Snapshot commitChanges(Transaction transaction) {
		List<StateChange> own = transaction.changes();
		Verdicts verdicts = judge(transaction, own);
		if (own.isEmpty() && transaction.leavesNothing() && (verdicts == null || verdicts.isEmpty())) {
			settle(verdicts);
			return transaction.base();
		}
		int messages = transaction.messages().size();
		this.outbox.reserve(messages);
		boolean committed = false;
		try {
			Snapshot snapshot = commitNow(transaction, own, verdicts);
			committed = true;
			return snapshot;
		}
		finally {
			if (!committed) {
				this.outbox.release(messages);
			}
		}
	}

	// Nothing was violated, so counts can be reset
	private void settle(@Nullable Verdicts verdicts) {
		if (verdicts != null) {
			verdicts.settle();
			verdicts.note(this.clock.instant(), null);
		}
	}

	private Snapshot commitNow(Transaction transaction, List<StateChange> own, @Nullable Verdicts verdicts) {
		Commit commit = whenFree(transaction, own, verdicts,
				(candidate) -> make(transaction, candidate, settled(transaction, candidate)));
		return finish(commit);
	}

	// Two of them may have come here while only one is tolerated
	private static List<Verdict> settled(Transaction transaction, Candidate candidate) {
		Verdicts verdicts = candidate.verdicts;
		if (verdicts == null) {
			return List.of();
		}
		if (isRepair(transaction)) {
			return settledAnyway(transaction, verdicts);
		}
		try {
			List<Verdict> settled = verdicts.settle();
			transaction.verdicts(verdicts);
			return settled;
		}
		catch (AuditException ex) {
			transaction.refusedWith(verdicts);
			throw ex;
		}
	}

	// Take a step under the lock once nothing stands against the transaction any more
	private <T> T whenFree(Transaction transaction, List<StateChange> own, @Nullable Verdicts verdicts,
			Function<Candidate, T> step) {
		while (true) {
			Remembered known = this.remembered;
			Snapshot seen = (known != null) ? known.snapshot : this.head;
			refuseIfChanged(transaction, seen);
			refuseTakenKey(transaction);
			// Rules may take their time, which is not that of others
			Candidate ready = (known != null || this.judge.concerns(transaction))
					? candidate(transaction, own, verdicts, seen, known) : null;
			Ticket inTheWay;
			synchronized (this.lock) {
				refuseIfStopped(transaction.origin());
				inTheWay = inTheWay(transaction, own);
				Snapshot live = this.head;
				boolean same = live == seen || transaction.findChange(live) == null;
				if (inTheWay == null && same && this.executions.areFree(transaction.executions())) {
					return step.apply((ready != null && live == seen) ? ready
							: candidate(transaction, own, verdicts, live, this.remembered));
				}
			}
			if (inTheWay != null) {
				await(inTheWay, transaction, own);
			}
		}
	}

	// Who has done it is found out without the lock
	private void refuseIfChanged(Transaction transaction, Snapshot live) {
		Path changed = (live != transaction.base()) ? transaction.findChange(live) : null;
		if (changed != null) {
			throw refused(transaction.origin(), changed, transaction.base().version(), null);
		}
	}

	private void refuseTakenKey(Transaction transaction) {
		if (transaction.executions().isEmpty()) {
			return;
		}
		RecordedExecution taken;
		synchronized (this.lock) {
			taken = this.executions.firstTaken(transaction.executions());
		}
		if (taken != null) {
			throw refused(transaction.origin(), ExecutionKeys.path(taken.process(), taken.key()),
					transaction.base().version(), "another execution has its key");
		}
	}

	private Commit make(Transaction transaction, Candidate candidate, List<Verdict> verdicts) {
		List<StateChange> kept = this.volatiles.without(candidate.changes);
		if (kept.isEmpty() && verdicts.isEmpty() && transaction.leavesNothing()) {
			return new Commit(replaceVolatile(candidate), null, candidate.verdicts, false);
		}
		CommitRecord record = RecordOf.commit(transaction, kept, verdicts, candidate.live.version() + 1,
				this.clock.instant());
		return new Commit(replaceHead(record, candidate), record, candidate.verdicts, this.afterCommit.enqueue(record));
	}

	private Snapshot finish(Commit commit) {
		if (commit.record != null) {
			this.metaLog.add(commit.record);
		}
		note(commit.record, commit.verdicts);
		CommitCapture.note(commit.snapshot);
		if (commit.effects) {
			CommitCapture.apart(this.afterCommit::run);
		}
		return commit.snapshot;
	}

	private void note(@Nullable CommitRecord record, @Nullable Verdicts verdicts) {
		if (verdicts != null) {
			verdicts.note((record != null) ? record.time() : this.clock.instant(),
					(record != null) ? record.version() : null);
		}
		if (record == null) {
			return;
		}
		CommitOrigin origin = record.origin();
		if (origin.isAdministrative() && origin.kind() != CommitOrigin.Kind.INITIAL) {
			auditor().edited(record.time(), record.version(), new CommitOrigin(origin.kind(), "", null).toString(),
					origin.name());
		}
	}

	/**
	 * Validate and hold everything that a commit depends on. From then on it waits for
	 * {@link #publish} or {@link #drop}.
	 * @param transaction the transaction, which is ended either way
	 * @return the commit that was not made yet
	 * @throws ConflictException if what it depends on has changed
	 * @throws TransactionTimeoutException if its time is over
	 * @throws RuntimeException from a rule that does not hold
	 */
	PreparedCommit prepare(Transaction transaction) {
		transaction.end();
		refuseIfStopped(transaction.origin());
		transaction.deadline().beginCommit(transaction.origin());
		boolean done = false;
		try {
			PreparedCommit prepared = prepareChanges(transaction);
			done = true;
			return prepared;
		}
		finally {
			if (!done) {
				transaction.deadline().reopen();
			}
		}
	}

	private PreparedCommit prepareChanges(Transaction transaction) {
		List<StateChange> own = transaction.isReadOnly() ? List.of() : transaction.changes();
		Verdicts verdicts = judge(transaction, own);
		if (own.isEmpty() && transaction.leavesNothing() && (verdicts == null || verdicts.isEmpty())) {
			settle(verdicts);
			return new PreparedCommit(this, transaction, verdicts, null);
		}
		int messages = transaction.messages().size();
		this.outbox.reserve(messages);
		boolean held = false;
		try {
			PreparedCommit prepared = whenFree(transaction, own, verdicts, (candidate) -> hold(transaction, candidate));
			held = true;
			return prepared;
		}
		finally {
			if (!held) {
				this.outbox.release(messages);
			}
		}
	}

	// Until it is published, nobody else writes what it has read or written, nor what a
	// record or rule combines with it
	private PreparedCommit hold(Transaction transaction, Candidate candidate) {
		PreparedHolder holder = new PreparedHolder(transaction.origin());
		Claim claim = transaction.claim(this.judge.concerns(transaction))
			.and(Claim.of(this.invariants.around(candidate.changes), List.of()));
		Ticket ticket = this.tickets.keep(holder, claim, PREPARED_LEASE);
		this.executions.hold(transaction.executions());
		return new PreparedCommit(this, transaction, candidate.verdicts, ticket);
	}

	/**
	 * Make a commit that was prepared. This cannot fail.
	 * @param prepared the commit
	 */
	void publish(PreparedCommit prepared) {
		Transaction transaction = prepared.transaction();
		Commit commit;
		synchronized (this.lock) {
			Snapshot live = this.head;
			PersistentMap<Object> root = transaction.applyTo(live);
			List<StateChange> changes = transaction.changes(live.root(), root);
			Candidate candidate = judgedAnyway(transaction, new Candidate(live, root, changes,
					privatePaths(transaction, live, changes, root), prepared.verdicts(), memory()));
			commit = make(transaction, candidate, settledAnyway(transaction, candidate.verdicts));
			prepared.release(this.tickets);
		}
		transaction.committed();
		finish(commit);
	}

	private static List<Verdict> settledAnyway(Transaction transaction, @Nullable Verdicts verdicts) {
		if (verdicts == null) {
			return List.of();
		}
		List<Verdict> settled = verdicts.settleAnyway();
		transaction.verdicts(verdicts);
		return settled;
	}

	// What was held should have kept others from making it wrong
	private Candidate judgedAnyway(Transaction transaction, Candidate candidate) {
		if (candidate.memory == null || candidate.changes.isEmpty()) {
			return candidate;
		}
		Verdicts said = candidate.verdicts;
		Verdicts verdicts = (said != null) ? said.judging() : auditor().verdicts(transaction.origin());
		Judged judged = judge(transaction, candidate, verdicts, false);
		for (Violation violation : judged.overruled()) {
			logger.error("'{}' is violated by {} although it kept the rule when it was prepared: {}, path={}",
					violation.rule().id(), transaction.origin(), violation.message(), violation.path());
		}
		return candidate.with(verdicts, judged.memory());
	}

	/**
	 * Forget a commit that was prepared.
	 * @param prepared the commit
	 */
	void drop(PreparedCommit prepared) {
		this.outbox.release(prepared.transaction().messages().size());
		prepared.transaction().deadline().reopen();
		synchronized (this.lock) {
			this.executions.release(prepared.transaction().executions());
		}
		prepared.release(this.tickets);
	}

	private Snapshot replaceHead(CommitRecord record, Candidate candidate) {
		Snapshot next = new Snapshot(record.version(), candidate.root, RecordOf.payloads(record),
				candidate.privatePaths);
		this.commits.append(List.of(record));
		this.executions.add(record.executions(), record.time());
		long oldest = this.versions.add(next, SizeEstimate.of(record.changes()));
		if (oldest > next.version() - this.commits.capacity() + 1) {
			this.commits.forget(oldest);
		}
		ChangeIndex index = this.lastChanges;
		if (index != null) {
			index.add(record);
		}
		remember(next, candidate);
		this.arrays.replaced(candidate.changes, next.version());
		this.head = next;
		return next;
	}

	private void remember(Snapshot next, Candidate candidate) {
		InvariantMemory memory = candidate.memory;
		if (memory != null) {
			this.remembered = new Remembered(next, memory);
		}
	}

	// Under the lock, that of the head
	private @Nullable InvariantMemory memory() {
		Remembered known = this.remembered;
		return (known != null) ? known.memory : null;
	}

	// What is volatile changes within a version; a merge may also have changed nothing
	private Snapshot replaceVolatile(Candidate candidate) {
		Snapshot live = candidate.live;
		if (candidate.changes.isEmpty()) {
			return live;
		}
		Snapshot next = new Snapshot(live.version(), candidate.root, live.signals(), candidate.privatePaths);
		this.versions.replace(next);
		remember(next, candidate);
		// Who has begun at this version may have seen what was there before
		this.arrays.replaced(candidate.changes, next.version() + 1);
		this.head = next;
		return next;
	}

	private @Nullable Ticket inTheWay(Transaction transaction, List<StateChange> own) {
		if (this.tickets.isEmpty() || own.isEmpty()) {
			return null;
		}
		List<Path> written = this.volatiles.without(own).stream().map(StateChange::path).toList();
		if (written.isEmpty()) {
			return null;
		}
		Claim writes = Claim.of(List.of(), written);
		return this.tickets.inTheWay(Worker.current(),
				(ticket) -> this.policy.isBlocked(ticket, transaction.origin(), writes));
	}

	// Who holds a ticket never waits for another's, so nobody waits in a circle
	private void await(Ticket ticket, Transaction transaction, List<StateChange> own) {
		boolean waits = !this.tickets.isHolding(Worker.current())
				&& transaction.origin().kind() != CommitOrigin.Kind.COMPARE_AND_SWAP;
		if (!waits) {
			throw busy(ticket, transaction, own);
		}
		try {
			if (!this.tickets.awaitEnd(ticket, transaction.deadline().remainingNanos())) {
				throw transaction.deadline().exceeded(transaction.origin());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw busy(ticket, transaction, own);
		}
	}

	private ConflictException busy(Ticket ticket, Transaction transaction, List<StateChange> own) {
		return refused(transaction.origin(), own.get(0).path(), transaction.base().version(),
				"busy, it is kept by the %s".formatted(ticket));
	}

	private Candidate candidate(Transaction transaction, List<StateChange> own, @Nullable Verdicts onBase,
			Snapshot live, @Nullable Remembered known) {
		boolean onLive = live != transaction.base();
		try {
			PersistentMap<Object> root = transaction.applyTo(live);
			List<StateChange> changes = transaction.changes(own, live, root);
			Verdicts verdicts = onLive ? this.judge.judge(transaction, changes, root) : onBase;
			Candidate candidate = new Candidate(live, root, changes, privatePaths(transaction, live, changes, root),
					verdicts, (known != null) ? known.memory : null);
			return (known != null && !changes.isEmpty()) ? judged(transaction, candidate) : candidate;
		}
		catch (ConflictException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			if (!onLive) {
				throw ex;
			}
			Path path = own.isEmpty() ? Path.parse("domain") : own.get(0).path();
			throw refused(transaction.origin(), path, transaction.base().version(),
					"together with other commits it breaks a rule: " + ex.getMessage());
		}
	}

	private Candidate judged(Transaction transaction, Candidate candidate) {
		Verdicts said = candidate.verdicts;
		Verdicts verdicts = (said != null) ? said.judging() : auditor().verdicts(transaction.origin());
		try {
			return candidate.with(verdicts, judge(transaction, candidate, verdicts, !isRepair(transaction)).memory());
		}
		catch (AuditException ex) {
			transaction.refusedWith(verdicts);
			throw ex;
		}
	}

	private Judged judge(Transaction transaction, Candidate candidate, Verdicts verdicts, boolean binding) {
		Snapshot live = candidate.live;
		Proposal proposal = new Proposal(live.root(), candidate.root, candidate.changes, transaction.origin(),
				live.version(), this.clock.instant(), this::at);
		return this.invariants.judge(proposal, Objects.requireNonNull(candidate.memory),
				verdicts.about(transaction.origin()), binding);
	}

	// Whoever repairs the state may have to break a rule
	private static boolean isRepair(Transaction transaction) {
		CommitOrigin origin = transaction.origin();
		return origin.isAdministrative() && origin.kind() != CommitOrigin.Kind.INITIAL;
	}

	private List<Path> privatePaths(Transaction transaction, Snapshot live, List<StateChange> changes,
			PersistentMap<Object> after) {
		// Nobody else can write in the PRIVATE zone
		return transaction.origin().isAdministrative()
				? PrivatePaths.after(live.privatePaths(), changes, after, this.zones) : live.privatePaths();
	}

	/**
	 * Ask the rules of the processes of a transaction what they would say by now.
	 * @param transaction the transaction, which goes on
	 * @throws AuditException if a violation is not tolerated
	 */
	void judgeAlready(Transaction transaction) {
		this.judge.askAlready(transaction);
	}

	private @Nullable Verdicts judge(Transaction transaction, List<StateChange> own) {
		if (!this.judge.concerns(transaction) && transaction.verdicts() == null) {
			return null;
		}
		try {
			return this.judge.judge(transaction, own, transaction.working());
		}
		catch (AuditException ex) {
			// What has changed meanwhile may be why
			refuseIfChanged(transaction, this.head);
			throw ex;
		}
	}

	ConflictException refused(CommitOrigin origin, Path path, long since, @Nullable String reason) {
		CommitRecord culprit = culprit(path, since);
		this.statistics.add(path, origin, (culprit != null) ? culprit.origin() : null);
		return new ConflictException(new Conflict(path, origin, since, culprit, reason));
	}

	private @Nullable CommitRecord culprit(Path path, long after) {
		List<CommitRecord> since = this.commits.read(after);
		for (int i = since.size() - 1; i >= 0; i--) {
			for (StateChange change : since.get(i).changes()) {
				if (change.path().startsWith(path) || path.startsWith(change.path())) {
					return since.get(i);
				}
			}
		}
		return null;
	}

	/**
	 * What has become of a transaction.
	 *
	 * @param snapshot the version that it made
	 * @param record the record of it, {@code null} if there is none
	 * @param verdicts what the rules had to say, {@code null} for nothing
	 * @param effects whether anything follows
	 */
	private record Commit(Snapshot snapshot, @Nullable CommitRecord record, @Nullable Verdicts verdicts,
			boolean effects) {

	}

	/**
	 * What a transaction would make of a version.
	 */
	private static final class Candidate {

		private final Snapshot live;

		private final PersistentMap<Object> root;

		private final List<StateChange> changes;

		private final List<Path> privatePaths;

		private final @Nullable Verdicts verdicts;

		private final @Nullable InvariantMemory memory;

		Candidate(Snapshot live, PersistentMap<Object> root, List<StateChange> changes, List<Path> privatePaths,
				@Nullable Verdicts verdicts, @Nullable InvariantMemory memory) {
			this.verdicts = verdicts;
			this.memory = memory;
			this.live = live;
			this.root = root;
			this.changes = changes;
			this.privatePaths = privatePaths;
		}

		Candidate with(Verdicts newVerdicts, InvariantMemory newMemory) {
			return new Candidate(this.live, this.root, this.changes, this.privatePaths, newVerdicts, newMemory);
		}

	}

	/**
	 * A version with what the invariants remember of it.
	 *
	 * @param snapshot the version
	 * @param memory the memory
	 */
	private record Remembered(Snapshot snapshot, InvariantMemory memory) {

	}

}
