package io.theus.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.Merging;
import io.theus.audit.Verdicts;
import io.theus.audit.recipe.OutputGate;
import io.theus.conflict.ConflictException;
import io.theus.contract.AccessGuard;
import io.theus.contract.ReadScope;
import io.theus.contract.VariableValues;
import io.theus.heavy.HeavyUse;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Layer;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.Right;
import io.theus.path.TopicPattern;
import io.theus.path.Zone;
import io.theus.path.Zones;
import io.theus.signal.Signal;
import io.theus.state.EngineFacts;
import io.theus.state.IncompatibleValueException;
import io.theus.state.InvalidWriteException;
import io.theus.state.NoSuchPathException;
import io.theus.state.PathExistsException;
import io.theus.state.PrivatePaths;
import io.theus.state.Snapshot;
import io.theus.state.StateTree;
import io.theus.store.CommitOrigin;
import io.theus.store.RecordedExecution;

/**
 * Guarded access to one transaction: the one way in which anybody reads or writes,
 * whether through a context, by a return value, in an explicit transaction or by
 * compare-and-swap. Zones bind everybody; the guard adds the rules of whoever asks.
 * <p>
 * Used by one thread until {@link #share()}, after which every access to the transaction
 * takes a lock.
 *
 * @since 0.1.0
 */
// The lock is the transaction itself, because several scopes (a process and the processes
// it calls) may use one transaction. As long as it was never shared, only the thread that
// runs the body uses it, and the lock is skipped; sharing happens on that thread before
// anything is handed to another, which orders the flag.
public class Scope {

	private static final Path RESULT = Path.parse("local.result");

	private final Transaction transaction;

	private final AccessGuard guard;

	private final ScopeSettings settings;

	private final WriteChecks checks;

	// Where all there is was written in this scope
	private final OwnWrites readable;

	// To bring something along to what others made is a write, but does not make that
	// readable
	private final OwnWrites merged;

	// What is seen in place of the signals of the snapshot
	private final @Nullable PersistentMap<Object> signals;

	Scope(Transaction transaction, AccessGuard guard, ScopeSettings settings, @Nullable PersistentMap<Object> signals) {
		this(transaction, guard, settings, new OwnWrites(), new OwnWrites(), signals);
	}

	private Scope(Transaction transaction, AccessGuard guard, ScopeSettings settings, OwnWrites readable,
			OwnWrites merged, @Nullable PersistentMap<Object> signals) {
		this.transaction = transaction;
		this.guard = guard;
		this.settings = settings;
		this.checks = new WriteChecks(settings.zones(), guard);
		this.readable = readable;
		this.merged = merged;
		this.signals = signals;
	}

	// The same writer in another transaction
	final Scope within(Transaction other) {
		return new Scope(other, this.guard, this.settings, this.readable, this.merged, this.signals);
	}

	final Transaction transaction() {
		return this.transaction;
	}

	final ScopeSettings settings() {
		return this.settings;
	}

	/**
	 * Return whether each write is a commit of its own.
	 * @return whether there is no transaction that others could join
	 */
	public boolean isRaw() {
		return false;
	}

	/**
	 * Write at the end of the transaction, after everything else.
	 * @param writes what to write, which may be called again
	 */
	void endWith(Consumer<Scope> writes) {
		writes.accept(this);
	}

	/**
	 * Return a scope on the same transaction under other rules.
	 * @param other the rules
	 * @return the scope
	 */
	public Scope under(AccessGuard other) {
		return new Scope(this.transaction, other, this.settings, this.signals);
	}

	/**
	 * Return a scope on the same transaction that sees other signals than those of the
	 * commit that made its snapshot. So do all scopes made from it.
	 * @param given the payloads by topic
	 * @return the scope
	 */
	public Scope seeing(PersistentMap<Object> given) {
		return new Scope(this.transaction, this.guard, this.settings, given);
	}

	final @Nullable PersistentMap<Object> signals() {
		return this.signals;
	}

	// Each engine has settings of its own, whatever they contain
	@SuppressWarnings("ReferenceEquality")
	boolean isOf(ScopeSettings engine) {
		return this.settings == engine;
	}

	/**
	 * Allow several threads to use this scope from now on.
	 */
	public void share() {
		this.transaction.share();
	}

	/**
	 * Return the rules of whoever uses this scope.
	 * @return the guard
	 */
	public AccessGuard guard() {
		return this.guard;
	}

	/**
	 * Return the snapshot that is read.
	 * @return the version before this transaction
	 */
	public Snapshot base() {
		return this.transaction.base();
	}

	/**
	 * Return who runs the transaction.
	 * @return the origin of its commit
	 */
	public CommitOrigin origin() {
		return this.transaction.origin();
	}

	/**
	 * Depend on places whether they are touched or not.
	 * @param patterns without placeholders; each stands for what it matches and all below
	 */
	public void watch(List<PathPattern> patterns) {
		locked(() -> this.transaction.watch().add(patterns));
	}

	/**
	 * Depend on the whole state.
	 */
	public void watchEverything() {
		locked(() -> this.transaction.watch().addEverything());
	}

	/**
	 * Return whether the transaction depends on more than what it touches.
	 * @return whether anything was watched so far
	 */
	public boolean isWatching() {
		return underLock(this.transaction::isWatching);
	}

	void beStrict() {
		locked(this.transaction::beStrict);
	}

	/**
	 * Return what the transaction has read and written so far.
	 * @return the paths, each once
	 */
	public List<Path> touched() {
		return underLock(this.transaction::touched);
	}

	/**
	 * Return where rules say what they find in this attempt.
	 * @param execution whom they are asked about
	 * @return what was said so far
	 */
	public Verdicts verdicts(CommitOrigin execution) {
		return underLock(() -> {
			Verdicts verdicts = this.transaction.verdicts();
			if (verdicts == null) {
				verdicts = this.settings.auditor().verdicts(execution);
				this.transaction.verdicts(verdicts);
			}
			return verdicts.about(execution);
		});
	}

	/**
	 * Return what rules have said so far.
	 * @return what was said, {@code null} if none was asked
	 */
	public @Nullable Verdicts said() {
		return underLock(this.transaction::verdicts);
	}

	// What refused it for good, if that was a rule
	@Nullable Verdicts takeRefusal() {
		return underLock(this.transaction::takeRefusal);
	}

	/**
	 * Have what this transaction writes checked when it commits.
	 * @param gate the rules
	 * @param execution whose rules they are
	 */
	public void check(OutputGate gate, CommitOrigin execution) {
		locked(() -> this.transaction.add(new BoundGate(gate, execution)));
	}

	/**
	 * Return how much time is left.
	 * @return the time limit
	 */
	public Deadline deadline() {
		return this.transaction.deadline();
	}

	/**
	 * Run a part of the transaction of which nothing remains if it fails.
	 * @param <T> the type of the result
	 * @param part what to run
	 * @return what it returned
	 * @throws Throwable what it threw, unchanged
	 */
	public <T> T atomically(Frame.Body<T> part) throws Throwable {
		Savepoint savepoint = underLock(this::savepoint);
		boolean done = false;
		try {
			T result = part.run();
			done = true;
			return result;
		}
		finally {
			if (!done) {
				locked(() -> rollbackTo(savepoint));
			}
		}
	}

	Savepoint savepoint() {
		return new Savepoint(this.transaction.savepoint(), this.readable.size(), this.merged.size());
	}

	void rollbackTo(Savepoint savepoint) {
		Frame around = Frame.current(this.settings);
		this.transaction.rollbackTo(savepoint.transaction, (around != null) ? around.origin() : origin());
		this.readable.truncate(savepoint.readable);
		this.merged.truncate(savepoint.merged);
	}

	/**
	 * Return what was written in this scope at, above or below a path.
	 * @param path the path
	 * @return the paths of those writes
	 */
	public List<Path> writesMeeting(Path path) {
		return underLock(() -> {
			List<Path> writes = new ArrayList<>(this.readable.meeting(path));
			writes.addAll(this.merged.meeting(path));
			return writes;
		});
	}

	/**
	 * Return what is stored at a path as far as this transaction goes, without depending
	 * on it and without any check.
	 * @param path the path
	 * @return the stored value or {@link StateTree#ABSENT}
	 */
	public @Nullable Object peek(Path path) {
		if (!this.transaction.isShared()) {
			return this.transaction.peek(path);
		}
		synchronized (this.transaction) {
			return this.transaction.peek(path);
		}
	}

	// The layers and zone roots that have content as far as this transaction goes
	Set<String> roots() {
		return underLock(this.transaction::roots);
	}

	/**
	 * Return whether the transaction still runs.
	 * @return {@code false} once it has committed or failed
	 */
	public boolean isOpen() {
		return this.transaction.isOpen();
	}

	void judgeAt(CommitPoint commitPoint) {
		locked(() -> commitPoint.judgeAlready(this.transaction));
	}

	Snapshot commitAt(CommitPoint commitPoint) {
		if (!this.transaction.isShared()) {
			return commitPoint.commit(this.transaction);
		}
		synchronized (this.transaction) {
			return commitPoint.commit(this.transaction);
		}
	}

	PreparedCommit prepareAt(CommitPoint commitPoint) {
		if (!this.transaction.isShared()) {
			return commitPoint.prepare(this.transaction);
		}
		synchronized (this.transaction) {
			return commitPoint.prepare(this.transaction);
		}
	}

	void abandon() {
		locked(() -> {
			this.transaction.end();
			this.transaction.releaseArrays();
		});
	}

	ConflictException refusal(CommitPoint commitPoint, Path path, long since, @Nullable String reason) {
		return commitPoint.refused(this.transaction.origin(), path, since, reason);
	}

	/**
	 * Read a value.
	 * @param path the path
	 * @param scope how much of it is wanted
	 * @return the stored value or {@link StateTree#ABSENT}
	 */
	public @Nullable Object read(Path path, ReadScope scope) {
		if (!this.transaction.isShared()) {
			return doRead(path, scope);
		}
		synchronized (this.transaction) {
			return doRead(path, scope);
		}
	}

	private @Nullable Object doRead(Path path, ReadScope scope) {
		checkOpen();
		if (path.isIn(Layer.LOCAL)) {
			return this.transaction.read(path);
		}
		Zone zone = this.settings.zones().of(path);
		this.checks.checkZone(path, zone, Right.READ);
		if (zone == Zone.META && EngineFacts.covers(path)) {
			this.guard.checkRead(path, zone, scope);
			return this.settings.facts().find(path);
		}
		if (!isOwn(path)) {
			this.guard.checkRead(path, zone, scope);
		}
		if (Zones.ofRoot(path.root()) == Zone.SIGNAL) {
			return StateTree.find((this.signals != null) ? this.signals : this.transaction.base().signals(), path, 1);
		}
		Object value = this.transaction.read(path);
		return hide(path, value);
	}

	private @Nullable Object hide(Path path, @Nullable Object value) {
		List<Path> hidden = this.transaction.base().privatePaths();
		boolean visible = hidden.isEmpty() || this.guard.grants(Zone.PRIVATE, Right.READ);
		return visible ? value : PrivatePaths.hide(hidden, path, value);
	}

	/**
	 * Return the keys that stand beside a path, for a suggestion.
	 * @param path the path
	 * @return the keys, empty if whoever asks may not see them
	 */
	Set<String> siblings(Path path) {
		return underLock(() -> {
			if (path.length() == 1) {
				return Set.of();
			}
			Path parent = path.prefix(path.length() - 1);
			Zone zone = this.settings.zones().of(parent);
			boolean visible = path.isIn(Layer.LOCAL) || isOwn(parent)
					|| (this.guard.grants(zone, Right.READ) && this.guard.seesKeys(parent, zone));
			return visible ? StateTree.keys(siblingsIn(parent)) : Set.of();
		});
	}

	private @Nullable Object siblingsIn(Path parent) {
		return EngineFacts.covers(parent) ? this.settings.facts().find(parent)
				: hide(parent, this.transaction.peek(parent));
	}

	// One's own writes are readable where and below they were made
	private boolean isOwn(Path path) {
		return this.readable.covers(path);
	}

	/**
	 * Store a value.
	 * @param path the path
	 * @param value a value that is yet to be accepted
	 */
	public void set(Path path, @Nullable Object value) {
		if (!this.transaction.isShared()) {
			doSet(path, this.settings.values().accept(path, value));
			return;
		}
		synchronized (this.transaction) {
			doSet(path, this.settings.values().accept(path, value));
		}
	}

	private void doSet(Path path, @Nullable Object value) {
		checkOpen();
		this.settings.arrays().hold(this.transaction, path, value);
		Object before = this.transaction.peek(path);
		if (!path.isIn(Layer.LOCAL)) {
			this.checks.check(path, Right.UPDATE);
			this.checks.checkParts(path, before, value);
		}
		this.transaction.put(path, before, value);
		this.readable.add(path);
	}

	/**
	 * Store a value where there must be none.
	 * @param path the path
	 * @param value a value that is yet to be accepted
	 */
	public void create(Path path, @Nullable Object value) {
		locked(() -> {
			checkOpen();
			Object accepted = this.settings.values().accept(path, value);
			if (this.transaction.peek(path) == StateTree.ABSENT) {
				doSet(path, accepted);
				return;
			}
			if (!path.isIn(Layer.LOCAL)) {
				this.checks.check(path, Right.UPDATE);
			}
			// The refusal depends on what is there
			this.transaction.read(path);
			throw new PathExistsException(path);
		});
	}

	/**
	 * Overlay a map.
	 * @param path the path of a map or record
	 * @param entries the entries, yet to be accepted
	 */
	public void merge(Path path, Map<?, ?> entries) {
		locked(() -> {
			checkOpen();
			Object accepted = this.settings.values().acceptAsIs(path, entries);
			Savepoint savepoint = savepoint();
			try {
				overlay(path, accepted);
			}
			catch (RuntimeException ex) {
				rollbackTo(savepoint);
				throw ex;
			}
		});
	}

	private void overlay(Path path, @Nullable Object value) {
		boolean absent = this.transaction.peek(path) == StateTree.ABSENT;
		// Where nothing is to be overlaid, the schema may want a record of the map
		Object stored = (absent || !(value instanceof Map<?, ?>)) ? this.settings.values().accept(path, value) : value;
		if (stored instanceof Map<?, ?> map && !map.isEmpty()) {
			map.forEach((key, child) -> overlay(path.child(key), child));
		}
		else if (!(stored instanceof Map<?, ?>) || absent) {
			doSet(path, stored);
		}
	}

	/**
	 * Delete a value.
	 * @param path the path
	 */
	public void remove(Path path) {
		locked(() -> {
			checkOpen();
			if (!path.isIn(Layer.LOCAL)) {
				this.checks.check(path, Right.DELETE);
				Path parent = path.prefix(Math.max(1, path.length() - 1));
				this.checks.checkRemoval(path, this.transaction.peek(parent), parent, this.transaction.peek(path));
			}
			this.transaction.remove(path);
			this.readable.add(path);
		});
	}

	/**
	 * Bring something along. Where a merge rule is declared, or a log is appended to,
	 * this depends on nothing: it is repeated on whatever is stored when the transaction
	 * commits.
	 * @param path the path
	 * @param operation the built-in operation, {@code null} for the application's own
	 * rule
	 * @param operand an element, elements or a value, yet to be accepted
	 * @throws InvalidWriteException if the rule is about another operation, or if what is
	 * stored cannot be merged
	 */
	public void combine(Path path, @Nullable Merging operation, @Nullable Object operand) {
		locked(() -> {
			checkOpen();
			BinaryOperator<@Nullable Object> rule = this.settings.merges().at(path, operation);
			Object accepted = MergeOperations.operand(this.settings.values(), path, operation, operand);
			boolean local = path.isIn(Layer.LOCAL);
			if (!local) {
				this.checks.check(path, MergeOperations.rightOf(operation));
			}
			this.settings.arrays().hold(this.transaction, path, accepted);
			Object before = this.transaction.peek(path);
			Object after = rule.apply((before != StateTree.ABSENT) ? before : null, accepted);
			if (local) {
				this.transaction.put(path, before, after);
				return;
			}
			boolean log = operation == Merging.APPEND && this.settings.zones().of(path) == Zone.LOG;
			if (!log) {
				this.checks.checkMerged(path, before, after, accepted);
			}
			if (log || this.settings.merges().isDeclared(path)) {
				this.transaction.merge(path, accepted, after, rule);
			}
			else {
				this.transaction.put(path, before, after);
			}
			OwnWrites writes = (before == StateTree.ABSENT) ? this.readable : this.merged;
			writes.add(path);
		});
	}

	/**
	 * Map an array until this attempt ends.
	 * @param path the path of the reference to it
	 * @return a view, which is writable if the rules of whoever asks allow it
	 * @throws io.theus.state.NoSuchPathException if there is nothing at the path
	 * @throws io.theus.state.IncompatibleValueException if it is no reference
	 * @throws io.theus.heavy.HeavyGoneException if the array is not there any more
	 */
	public HeavyArray heavy(Path path) {
		boolean writable = this.guard.writesContent(path) && this.settings.zones().of(path) == Zone.HEAVY;
		// Before it is read, so that it stays until it is mapped
		HeavyUse arrays = underLock(() -> {
			checkOpen();
			return this.settings.arrays().of(this.transaction);
		});
		Object reference = writable ? readOutput(path) : read(path, ReadScope.VALUE);
		if (reference == StateTree.ABSENT) {
			throw new NoSuchPathException(path, siblings(path));
		}
		if (!(reference instanceof HeavyDescriptor descriptor)) {
			throw new IncompatibleValueException(path, HeavyArray.class, reference);
		}
		return arrays.map(descriptor, writable);
	}

	// Who writes the content depends on the reference, whether or not it is an input
	@Nullable Object readOutput(Path path) {
		return underLock(() -> {
			checkOpen();
			return this.transaction.read(path);
		});
	}

	/**
	 * Allocate an array, which is private until a reference to it is committed. If this
	 * attempt fails, it is freed.
	 * @param key what it is called
	 * @param dtype the type of its elements
	 * @param shape the length of each dimension
	 * @return a writable view, all zeros
	 */
	public HeavyArray alloc(String key, DType dtype, long... shape) {
		return allocating(key).alloc(key, dtype, shape);
	}

	/**
	 * Return what arrays are allocated through that belong to this attempt.
	 * @param key what an array is to be called
	 * @return the use that this attempt makes of the heap
	 */
	public HeavyUse allocating(String key) {
		return underLock(() -> {
			checkOpen();
			this.guard.checkAlloc(key);
			return this.settings.arrays().of(this.transaction);
		});
	}

	/**
	 * Compare what is stored at a path with an earlier version. This reads the path.
	 * @param path the path
	 * @param since what was stored there in that version, or {@link StateTree#ABSENT}
	 * @return whether it is still the same in the snapshot; from then on the commit
	 * watches it
	 */
	boolean isUnchanged(Path path, @Nullable Object since) {
		return underLock(() -> {
			doRead(path, ReadScope.VALUE);
			return StateTree.same(StateTree.find(this.transaction.base().root(), path), since);
		});
	}

	/**
	 * Emit a signal after the commit.
	 * @param topic the topic
	 * @param payload a value that is yet to be accepted
	 * @throws io.theus.path.InvalidTopicException if the topic is not a valid name
	 */
	public void emit(String topic, @Nullable Object payload) {
		locked(() -> {
			checkOpen();
			this.guard.checkEmit(topic);
			TopicPattern.requireTopic(topic);
			Object accepted = this.settings.values().accept(Path.of("signal", topic), payload);
			this.transaction.emit(Signal.of(topic, accepted));
		});
	}

	/**
	 * Send an outbox message after the commit.
	 * @param topic the topic
	 * @param key the key that orders messages, {@code null} for the order of the topic
	 * @param payload text, bytes, or a value that is sent as JSON
	 * @param headers further headers
	 */
	public void send(String topic, @Nullable String key, @Nullable Object payload, Map<String, String> headers) {
		locked(() -> {
			checkOpen();
			this.guard.checkSend(topic);
			int number = this.transaction.messages().size() + 1;
			this.settings.encoder().limits().requireCount(topic, number);
			String id = this.settings.messageIds().next(this.transaction.origin(), number);
			this.transaction.send(this.settings.encoder().encode(id, topic, key, payload, headers));
		});
	}

	/**
	 * Start a run of a workflow after the commit.
	 * @param workflow the name of the workflow
	 * @param key identifies the run, {@code null} for a run that nobody else can mean
	 * @param inputs what the run is given, yet to be accepted
	 * @param variables the contract variables that it keeps, {@code null} for those of
	 * the calling thread
	 * @throws RuntimeException if there is no such workflow, or it takes other inputs
	 */
	public void start(String workflow, @Nullable String key, Map<String, ? extends @Nullable Object> inputs,
			@Nullable VariableValues variables) {
		locked(() -> {
			checkOpen();
			this.guard.checkStart(workflow);
			PersistentMap<Object> accepted = PersistentMap.empty();
			for (Map.Entry<String, ? extends @Nullable Object> input : inputs.entrySet()) {
				Path path = Path.of("local", "inputs", input.getKey());
				accepted = accepted.with(input.getKey(), this.settings.values().acceptAsIs(path, input.getValue()));
			}
			this.transaction.order(this.settings.runs().start(workflow, key, accepted, variables));
		});
	}

	/**
	 * Send a signal to one run after the commit.
	 * @param workflow the name of its workflow
	 * @param key identifies the run
	 * @param signal the name of the signal
	 * @param payload a value that is yet to be accepted
	 * @throws RuntimeException if there is no such workflow
	 */
	public void signalRun(String workflow, String key, String signal, @Nullable Object payload) {
		locked(() -> {
			checkOpen();
			this.guard.checkSignalRun(workflow);
			TopicPattern.requireTopic(signal);
			Object accepted = this.settings.values().acceptAsIs(Path.of("signal", signal), payload);
			this.transaction.order(this.settings.runs().send(workflow, key, signal, accepted));
		});
	}

	/**
	 * Return an execution under a key that was recorded in this transaction.
	 * @param process the id of its process
	 * @param key the key
	 * @return the execution, {@code null} if there was none so far
	 */
	public @Nullable RecordedExecution recorded(String process, String key) {
		for (RecordedExecution execution : underLock(this.transaction::executions)) {
			if (execution.process().equals(process) && execution.key().equals(key)) {
				return execution;
			}
		}
		return null;
	}

	/**
	 * Record an execution, together with the commit.
	 * @param execution the execution with its result, which is yet to be accepted
	 * @return the result as it is recorded
	 * @throws io.theus.state.InvalidValueException if the result cannot be recorded
	 */
	public @Nullable Object record(RecordedExecution execution) {
		Object result = this.settings.values().acceptAsIs(RESULT, execution.result());
		locked(() -> {
			checkOpen();
			this.transaction.record(new RecordedExecution(execution.process(), execution.key(), execution.fingerprint(),
					result, execution.retention()));
		});
		return result;
	}

	// Several accesses as one step, for whoever else uses this transaction
	void locked(Runnable access) {
		if (!this.transaction.isShared()) {
			access.run();
			return;
		}
		synchronized (this.transaction) {
			access.run();
		}
	}

	private <T> T underLock(Supplier<T> access) {
		if (!this.transaction.isShared()) {
			return access.get();
		}
		synchronized (this.transaction) {
			return access.get();
		}
	}

	final void checkOpen() {
		if (!this.transaction.isOpen()) {
			throw new TransactionClosedException("the transaction of %s has ended, use the context of a running one"
				.formatted(this.transaction.origin()));
		}
		if (!this.transaction.isUsableHere()) {
			throw new TransactionClosedException(
					"the transaction of %s belongs to another thread, use the context that detach() of a process gives"
						.formatted(this.transaction.origin()));
		}
	}

	/**
	 * What the scope was when a part of the transaction began.
	 *
	 * @param transaction the transaction then
	 * @param readable how many paths were written
	 * @param merged how many paths of others something was brought along to
	 */
	record Savepoint(Transaction.Savepoint transaction, int readable, int merged) {

	}

}
