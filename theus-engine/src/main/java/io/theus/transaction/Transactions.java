package io.theus.transaction;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;
import io.theus.TransactionContext;
import io.theus.audit.AuditException;
import io.theus.audit.Auditor;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictStatistics;
import io.theus.conflict.Tickets;
import io.theus.conflict.Worker;
import io.theus.contract.AccessGuard;
import io.theus.contract.OpenGuard;
import io.theus.invariant.Invariants;
import io.theus.path.Path;
import io.theus.state.Snapshot;
import io.theus.state.StateTree;
import io.theus.store.CommitOrigin;
import io.theus.store.CommitOrigin.Kind;
import io.theus.store.RecordedExecution;

/**
 * Begins transactions and commits them: explicit ones, compare-and-swap, edits, and those
 * of processes. One per engine.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Transactions {

	private static final ThreadLocal<@Nullable Transactions> FORK = new ThreadLocal<>();

	// What this is a fork of, or else itself
	private final Transactions root;

	private final @Nullable ForkSettings forkSettings;

	// Whether it may be a fork that is meant. A thread that works in one has set this
	// before
	private boolean forked;

	private final CommitPoint commitPoint;

	private final ScopeSettings scopes;

	private final RetryLoop retryLoop;

	private final Duration timeout;

	private final MetaLog metaLog;

	private final Tickets tickets;

	private final Isolation isolation;

	private final Expectations expectations;

	private final SurroundingTransactions surroundings;

	private final WatchedCommits watched;

	Transactions(CommitPoint commitPoint, ScopeSettings scopes, RetryLoop retryLoop, Tickets tickets, Duration timeout,
			MetaLog metaLog, Isolation isolation, boolean strictCompareAndSwap, SurroundingTransactions surroundings,
			WatchedCommits watched, @Nullable Transactions forkOf, @Nullable ForkSettings forkSettings) {
		this.root = (forkOf != null) ? forkOf.root : this;
		this.forkSettings = forkSettings;
		this.surroundings = surroundings;
		this.watched = watched;
		this.isolation = isolation;
		this.expectations = new Expectations(commitPoint, scopes.volatiles(), strictCompareAndSwap);
		this.tickets = tickets;
		this.commitPoint = commitPoint;
		this.scopes = scopes;
		this.retryLoop = retryLoop;
		this.timeout = timeout;
		this.metaLog = metaLog;
	}

	/**
	 * Return the fork that what runs on this thread is meant for.
	 * @return its settings if this is a fork, or stands for one on this thread, else
	 * {@code null}
	 */
	public @Nullable ForkSettings fork() {
		return here().forkSettings;
	}

	/**
	 * Return whether what runs on this thread is meant for a fork.
	 * @return whether this is one, or stands for one on this thread
	 */
	public boolean isFork() {
		return fork() != null;
	}

	/**
	 * Return what these stand for on this thread, for use on another one.
	 * @return the fork, or these transactions themselves if this thread is in none
	 */
	public Transactions forThisThread() {
		return here();
	}

	/**
	 * Let what runs on this thread for the engine that was forked run in this fork.
	 * @param <T> the type of the result
	 * @param <X> the type of what it throws
	 * @param body what to run
	 * @return what it returned
	 * @throws X what it threw, unchanged
	 */
	public <T extends @Nullable Object, X extends Throwable> T during(Worker.Work<T, X> body) throws X {
		if (this.root == this) {
			return body.run();
		}
		Transactions outer = FORK.get();
		this.root.forked = true;
		FORK.set(this);
		try {
			return body.run();
		}
		finally {
			FORK.set(outer);
		}
	}

	private Transactions here() {
		return this.forked ? forkHere() : this;
	}

	private Transactions forkHere() {
		Transactions fork = FORK.get();
		return (fork != null && fork.root == this) ? fork : this;
	}

	/**
	 * Return the newest version.
	 * @return the head
	 */
	public Snapshot head() {
		return here().commitPoint.head();
	}

	/**
	 * Return the last commits in a line each.
	 * @return the log
	 */
	public MetaLog metaLog() {
		return here().metaLog;
	}

	/**
	 * Return what repeats attempts after a conflict.
	 * @return the loop
	 */
	public RetryLoop retryLoop() {
		return here().retryLoop;
	}

	/**
	 * Return whether a transaction of another kind surrounds what runs on this thread, so
	 * that it decides about the commit.
	 * @return whether {@link #joinSurrounding} gives a transaction
	 */
	public boolean isSurrounded() {
		return here().surroundings.isActive() && !isClosing();
	}

	// Work that comes after the commit of the surrounding transaction is on its own
	private boolean isClosing() {
		Participant enlisted = here().surroundings.enlisted(this);
		return enlisted != null && !enlisted.isOpen();
	}

	/**
	 * Return the one transaction of this engine within the surrounding one, which begins
	 * with the first that asks for it.
	 * @param origin who commits if it begins now
	 * @param deadline the time limit if it begins now
	 * @return the transaction, {@code null} if nothing surrounds what runs here
	 */
	public @Nullable SharedTransaction joinSurrounding(CommitOrigin origin, Deadline deadline) {
		if (!isSurrounded()) {
			return null;
		}
		Participant enlisted = here().surroundings.enlisted(this);
		if (enlisted != null) {
			return (SharedTransaction) enlisted;
		}
		SharedTransaction shared = new SharedTransaction(begin(origin, OpenGuard.ZONES_ONLY, deadline),
				here().commitPoint, here().watched);
		here().surroundings.enlist(this, shared);
		return shared;
	}

	/**
	 * Remember which transaction surrounds what runs on this thread.
	 * @param mark recognises it, for {@link #isMarked}
	 */
	public void markSurrounding(Object mark) {
		here().surroundings.enlist(mark, new Mark());
	}

	/**
	 * Return whether the transaction that surrounds what runs on this thread was
	 * remembered.
	 * @param mark what was given to {@link #markSurrounding}
	 * @return {@code false} if there is none, or another one
	 */
	public boolean isMarked(Object mark) {
		return here().surroundings.enlisted(mark) != null;
	}

	/**
	 * Let the surrounding transaction roll back.
	 */
	public void rollBackSurrounding() {
		here().surroundings.setRollbackOnly();
	}

	/**
	 * Return how work is isolated.
	 * @param wanted what it asks for
	 * @return that, or else the default of the engine
	 */
	public Isolation isolation(Isolation wanted) {
		return (wanted != Isolation.DEFAULT) ? wanted : this.isolation;
	}

	/**
	 * Return the tickets of those who are preferred.
	 * @return the line
	 */
	public Tickets tickets() {
		return here().tickets;
	}

	/**
	 * Return which keys conflict most.
	 * @return the counts since the start of the engine
	 */
	public ConflictStatistics conflictStatistics() {
		return here().commitPoint.statistics();
	}

	/**
	 * Return what runs on this thread in this engine.
	 * @return the innermost frame, {@code null} if no transaction of this engine is
	 * running
	 */
	public @Nullable Frame running() {
		return Frame.current(here().scopes);
	}

	/**
	 * Return whether this thread is telling others of a commit right now. Further commits
	 * are told of when it has done so, and whoever makes them waits for that: nobody may
	 * wait for them here.
	 * @return whether a listener is being called on this thread
	 */
	public boolean isTellingOfCommits() {
		return here().commitPoint.isTellingHere();
	}

	/**
	 * Run something as if no transaction of this engine were running on this thread.
	 * @param <T> the type of the result
	 * @param body what to run
	 * @return what it returned
	 * @throws Throwable what it threw, unchanged
	 */
	public <T> T apart(Frame.Body<T> body) throws Throwable {
		return Frame.apart(here().scopes, body);
	}

	/**
	 * Begin a transaction on the newest version.
	 * @param origin who will commit
	 * @param guard the rules of whoever uses it
	 * @param deadline its time limit
	 * @return guarded access to it, to be given to {@link #commit} or {@link #abandon}
	 */
	public Scope begin(CommitOrigin origin, AccessGuard guard, Deadline deadline) {
		here().commitPoint.refuseIfStopped(origin);
		ScopeSettings settings = here().scopes;
		Transaction transaction = settings.arrays()
			.registered(here().commitPoint,
					(base) -> new Transaction(base, origin, deadline, settings.volatiles(), false));
		return new Scope(transaction, guard, settings, null);
	}

	/**
	 * Begin work on the live state, each write of which is a commit of its own.
	 * @param origin who will commit
	 * @param guard the rules of whoever uses it
	 * @param deadline its time limit
	 * @return guarded access, to be given to {@link #commit} for what is left until the
	 * end, or to {@link #abandon}
	 */
	public Scope beginRaw(CommitOrigin origin, AccessGuard guard, Deadline deadline) {
		here().commitPoint.refuseIfStopped(origin);
		Transaction kept = RawScope.begin(origin, deadline, here().scopes, here().commitPoint);
		return new RawScope(kept, guard, here().scopes, here().commitPoint, null);
	}

	/**
	 * Write at the end of a transaction, after everything else.
	 * @param scope the transaction
	 * @param writes what to write; it may be called again with another scope
	 */
	public void endWith(Scope scope, Consumer<Scope> writes) {
		scope.endWith(writes);
	}

	/**
	 * Commit or refuse as a whole.
	 * @param scope the transaction, which is ended either way
	 * @return the version that was made, or the one that was read if there was nothing to
	 * do
	 * @throws ConflictException if what it depends on has changed
	 * @throws TransactionTimeoutException if its time is over
	 */
	public Snapshot commit(Scope scope) {
		if (!scope.isOf(here().scopes)) {
			throw new IllegalStateException(
					"%s belongs to another engine or fork and cannot be committed here".formatted(scope.origin()));
		}
		return here().watched.commit(scope, here().commitPoint);
	}

	/**
	 * Check what a process has written although the commit is not yet to come.
	 * @param scope the transaction, which goes on
	 * @throws AuditException if a rule of a process in it is violated
	 */
	public void checkOutputs(Scope scope) {
		scope.judgeAt(here().commitPoint);
	}

	/**
	 * End a transaction without a trace.
	 * @param scope the transaction
	 */
	public void abandon(Scope scope) {
		scope.abandon();
	}

	/**
	 * Return a committed execution under a key.
	 * @param process the id of its process
	 * @param key the key
	 * @return the execution, {@code null} if there was none or it has expired
	 */
	public @Nullable RecordedExecution recorded(String process, String key) {
		return here().commitPoint.executions().find(process, key);
	}

	/**
	 * Return where executions under a key stand in each other's way.
	 * @param process the id of their process
	 * @param key the key
	 * @return a path for claims, at which nothing is stored
	 */
	public static Path pathOf(String process, String key) {
		return ExecutionKeys.path(process, key);
	}

	/**
	 * Run an explicit transaction: bound by zones, free of contracts. Where a transaction
	 * is running on this thread already, the body joins it under the rules of whoever
	 * runs there, and commits with it.
	 * @param <T> the type of the result
	 * @param options name, attempts and time limit
	 * @param body reads and writes
	 * @return what the body returned
	 * @throws ConflictException if the last attempt was refused
	 * @throws TransactionTimeoutException if its time is over
	 */
	public <T> T transact(TransactionOptions options, Function<TransactionContext, T> body) {
		Frame running = running();
		if (running != null && !running.scope().isRaw()) {
			return unchecked(() -> running.scope()
				.atomically(() -> body.apply(new FixedContext(running.scope(), running.variables()))));
		}
		AccessGuard guard = (running != null) ? running.scope().guard() : OpenGuard.ZONES_ONLY;
		CommitOrigin origin = new CommitOrigin(Kind.TRANSACTION, options.name(), null);
		Deadline deadline = Deadline.in((options.timeout() != null) ? options.timeout() : this.timeout);
		ExplicitTransaction<T> transaction = new ExplicitTransaction<>(this, origin, deadline, options, guard, body);
		return unchecked(() -> {
			try {
				return here().retryLoop.run(transaction);
			}
			catch (Throwable ex) {
				failed(transaction.last(), origin, ex);
				throw ex;
			}
		});
	}

	/**
	 * An execution has failed for good: what rules had to say about its last attempt
	 * counts, and may stop the engine.
	 * @param scope the last attempt, {@code null} if there was none
	 * @param origin who has failed
	 * @param failure what it has failed with
	 */
	public void failed(@Nullable Scope scope, CommitOrigin origin, Throwable failure) {
		if (scope != null) {
			here().commitPoint.failed(scope, origin, failure);
		}
	}

	/**
	 * Return what each commit must keep.
	 * @return the invariants
	 */
	public Invariants invariants() {
		return here().commitPoint.invariants();
	}

	/**
	 * Return what keeps account of audit rules.
	 * @return the auditor
	 */
	public Auditor auditor() {
		return here().commitPoint.auditor();
	}

	/**
	 * Let the engine go on after an audit rule has stopped it.
	 * @param reason why, for the record; not blank
	 * @return the version by which it does
	 * @throws IllegalStateException if it is not stopped
	 */
	public long resume(String reason) {
		administrator(Kind.RESUME, reason);
		return here().commitPoint.resume(reason);
	}

	/**
	 * Run an explicit transaction once per key: if one of this name and key has
	 * committed, what it returned then is returned again and nothing is done.
	 * @param <T> the type of the result
	 * @param options name, attempts and time limit
	 * @param key identifies the transaction among those of its name, not blank
	 * @param retention how long after the commit the key is kept, positive
	 * @param type the type of the result
	 * @param body reads and writes
	 * @return what the body returned, now or then
	 * @throws ConflictException if the last attempt was refused
	 */
	public <T> T once(TransactionOptions options, String key, Duration retention, Class<T> type,
			Function<TransactionContext, T> body) {
		return new KeyedTransaction<>(this, options, key, retention, type).run(body);
	}

	<T> T attempt(Scope scope, boolean repeatable, Function<TransactionContext, T> body) {
		try {
			T result = Frame.outermost(scope.origin(), repeatable, scope)
				.call(() -> body.apply(new FixedContext(scope, null)));
			commit(scope);
			return result;
		}
		finally {
			abandon(scope);
		}
	}

	/**
	 * Change the state as an administrator: PRIVATE is visible, logs can be corrected,
	 * constants stay.
	 * @param reason why, for the record; not blank
	 * @param body reads and writes
	 */
	public void edit(String reason, Consumer<TransactionContext> body) {
		CommitOrigin origin = administrator(Kind.EDIT, reason);
		attempt(begin(origin, OpenGuard.ADMINISTRATIVE, Deadline.in(this.timeout)), false, (tx) -> {
			body.accept(tx);
			return true;
		});
	}

	/**
	 * Change the state as an administrator who goes back to what was there before.
	 * @param kind what is done
	 * @param reason why, for the record; not blank
	 * @param repeatable whether it can be worked out anew after a conflict
	 * @param work reads and writes
	 * @return the version that was made, or the newest one if there was nothing to do
	 * @throws ConflictException if the last attempt was refused
	 */
	public long administer(Kind kind, String reason, boolean repeatable, Consumer<Scope> work) {
		CommitOrigin origin = administrator(kind, reason);
		int attempts = repeatable ? here().retryLoop.maxAttempts() : 1;
		return unchecked(() -> here().retryLoop
			.run(new AdministrativeTransaction(this, origin, attempts, Deadline.in(this.timeout), work)));
	}

	private CommitOrigin administrator(Kind kind, String reason) {
		CommitOrigin origin = new CommitOrigin(kind, reason, null);
		Frame running = running();
		if (running != null) {
			throw new IllegalStateException("%s cannot be part of a running transaction, call it from outside of %s"
				.formatted(origin, running.scope().origin()));
		}
		if (reason.isBlank()) {
			throw new IllegalArgumentException("%s needs a reason: reason='', say why the state is changed by hand"
				.formatted(new CommitOrigin(kind, "", null)));
		}
		return origin;
	}

	/**
	 * Return a version of the state that is kept.
	 * @param version its number
	 * @return the version, {@code null} if it is not kept or was not made yet
	 */
	public @Nullable Snapshot at(long version) {
		return here().commitPoint.at(version);
	}

	/**
	 * Return the oldest version that is kept.
	 * @return its number, 0 for the empty engine
	 */
	public long oldestVersion() {
		return here().commitPoint.oldestVersion();
	}

	/**
	 * Refuse if a path does not hold what is expected there.
	 * @param scope the transaction, which depends on the path from now on
	 * @param path the path
	 * @param expected the stored value or {@link StateTree#ABSENT}
	 * @param since the version that made it so, for the diagnosis
	 * @throws ConflictException if it holds something else
	 */
	public void assertValue(Scope scope, Path path, @Nullable Object expected, long since) {
		here().expectations.assertValue(scope, path, expected, since);
	}

	/**
	 * Change several keys if none of them has changed since a version. Within a running
	 * transaction the change is buffered and commits with it.
	 * @param expectedVersion the version that the values are based on
	 * @param update the new values by path
	 * @return the version that was made, or the version that is read where a transaction
	 * is running
	 * @throws ConflictException if one of the keys has changed since; where the version
	 * is no longer kept, also if that is not known any more
	 * @throws IllegalArgumentException if the version is ahead of the engine
	 */
	public long compareAndSwap(long expectedVersion, Map<String, ?> update) {
		Frame running = running();
		if (running != null && !running.scope().isRaw()) {
			here().expectations.swap(running.scope(), expectedVersion, update);
			return running.scope().base().version();
		}
		AccessGuard guard = (running != null) ? running.scope().guard() : OpenGuard.ZONES_ONLY;
		CommitOrigin origin = new CommitOrigin(Kind.COMPARE_AND_SWAP, "", null);
		Deadline deadline = Deadline.in(this.timeout);
		SharedTransaction shared = joinSurrounding(origin, deadline);
		if (shared != null) {
			here().expectations.swap(shared.scope().under(guard), expectedVersion, update);
			return shared.scope().base().version();
		}
		Scope scope = begin(origin, guard, deadline);
		try {
			here().expectations.swap(scope, expectedVersion, update);
			return commit(scope).version();
		}
		catch (AuditException ex) {
			failed(scope, origin, ex);
			throw ex;
		}
		finally {
			abandon(scope);
		}
	}

	/**
	 * Refuse if what is stored at a path has changed since a version. Nobody depends on
	 * what is volatile.
	 * @param scope the transaction, which depends on the path from now on
	 * @param path the path
	 * @param version since when it must not have changed
	 * @throws ConflictException if it has; where the version is no longer kept, also if
	 * that is not known any more
	 */
	public void assertUnchanged(Scope scope, Path path, long version) {
		here().expectations.assertUnchanged(scope, path, version);
	}

	static <T> T unchecked(Call<T> call) {
		try {
			return call.run();
		}
		catch (Throwable ex) {
			throw Transactions.<RuntimeException>unchanged(ex);
		}
	}

	// What a process throws reaches the caller unchanged, also through a body that cannot
	// declare it
	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <X extends Throwable> X unchanged(Throwable failure) throws X {
		throw (X) failure;
	}

	/**
	 * What may fail in any way.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	interface Call<T> {

		T run() throws Throwable;

	}

}
