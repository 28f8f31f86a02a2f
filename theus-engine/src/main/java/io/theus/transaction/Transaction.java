package io.theus.transaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

import org.jspecify.annotations.Nullable;

import io.theus.audit.Verdicts;
import io.theus.conflict.Claim;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavyUse;
import io.theus.internal.collection.Edit;
import io.theus.internal.collection.PersistentList;
import io.theus.internal.collection.PersistentMap;
import io.theus.outbox.OutboxMessage;
import io.theus.path.Layer;
import io.theus.path.Path;
import io.theus.signal.Signal;
import io.theus.state.InvalidWriteException;
import io.theus.state.Snapshot;
import io.theus.state.StateChange;
import io.theus.state.StateDiff;
import io.theus.state.StateTree;
import io.theus.state.VolatilePaths;
import io.theus.store.CommitOrigin;
import io.theus.store.RecordedExecution;
import io.theus.store.RunOrder;

/**
 * One attempt to change the state: a snapshot, what was read of it, and the buffered
 * changes. It checks no rule; {@link Scope} does, on behalf of whoever asks.
 */
// State: base (never changes), working (base plus the writes so far), log (every path
// used with what base holds there). A read returns what working holds and notes what base
// holds, so that a value which depends on both is validated too. Writes go to working at
// once, in place where this transaction made the nodes itself (edit); as soon as a
// container of working is handed out, the edit is forgotten so that it stays immutable.
// Used by one thread at a time; Scope sees to that. A transaction ends once: committed or
// given up. Identity is meant: a tree that no write touched is the same object
@SuppressWarnings("ReferenceEquality")
final class Transaction {

	// Layer and first segment below
	private static final int SECTION = 2;

	private final Snapshot base;

	private final CommitOrigin origin;

	private final Deadline deadline;

	private final Thread owner = Thread.currentThread();

	private final AccessLog log = new AccessLog();

	private PersistentMap<Object> working;

	// The first write as long as nothing else needs it in the tree: with a bit of luck
	// the tree is copied once, at the commit, and not once more for a newer version
	private @Nullable Path pending;

	private @Nullable Object pendingValue;

	private PersistentMap<Object> local = PersistentMap.empty();

	private @Nullable Edit edit;

	private @Nullable Map<Path, Merged> merged;

	private @Nullable List<Signal> signals;

	private @Nullable List<OutboxMessage> messages;

	private @Nullable List<RecordedExecution> executions;

	private @Nullable List<RunOrder> orders;

	private @Nullable Watch watch;

	// What the rules had to say so far, and those about what is written
	private @Nullable Verdicts verdicts;

	private @Nullable List<BoundGate> gates;

	private @Nullable Verdicts refusal;

	private final VolatilePaths volatiles;

	// Whether the last writer wins everywhere
	private final boolean raw;

	// A compare-and-swap that no other commit may come before
	private boolean strict;

	private boolean shared;

	private volatile boolean open = true;

	// The arrays that are used here, null as long as there are none
	private @Nullable HeavyUse arrays;

	private boolean committed;

	Transaction(Snapshot base, CommitOrigin origin, Deadline deadline, VolatilePaths volatiles, boolean raw) {
		this.volatiles = volatiles;
		this.raw = raw;
		this.base = base;
		this.origin = origin;
		this.deadline = deadline;
		this.working = base.root();
	}

	Snapshot base() {
		return this.base;
	}

	CommitOrigin origin() {
		return this.origin;
	}

	Deadline deadline() {
		return this.deadline;
	}

	Watch watch() {
		if (this.watch == null) {
			this.watch = new Watch();
		}
		return this.watch;
	}

	// Whether it is isolated from all that its processes could touch
	boolean isWatching() {
		return this.watch != null;
	}

	void beStrict() {
		this.strict = true;
	}

	// All that was read or written so far, except where nobody stands in another's way
	List<Path> touched() {
		List<Path> touched = new ArrayList<>(this.log.size());
		for (int i = 0; i < this.log.size(); i++) {
			if (!this.volatiles.covers(this.log.path(i))) {
				touched.add(this.log.path(i));
			}
		}
		return touched;
	}

	/**
	 * Return what must stay as it is so that the changes can be repeated on any later
	 * version.
	 * @param ruled whether there are rules, which may combine all of a section
	 * @return what was read, written or watched, with the records around what was written
	 */
	Claim claim(boolean ruled) {
		List<Path> held = touched();
		for (int i = 0; i < this.log.size(); i++) {
			if (this.log.isWritten(i) && !this.volatiles.covers(this.log.path(i))) {
				held.add(enclosing(this.log.path(i), ruled));
			}
		}
		Claim claim = Claim.of(List.of(), held);
		return (this.watch != null) ? claim.and(this.watch.claim()) : claim;
	}

	// The topmost record on the way to a path; with rules at least the section it is in
	private Path enclosing(Path path, boolean ruled) {
		int least = (ruled && path.length() > SECTION) ? SECTION : path.length();
		Object node = working();
		for (int i = 0; i < least; i++) {
			if (node instanceof Record) {
				return path.prefix(i);
			}
			node = StateTree.child(node, path.segment(i));
		}
		return path.prefix(least);
	}

	PersistentMap<Object> working() {
		Path waiting = this.pending;
		if (waiting != null) {
			this.pending = null;
			this.working = StateTree.put(this.working, waiting, this.pendingValue, batch());
		}
		return this.working;
	}

	// What is stored there as far as this transaction goes
	private @Nullable Object current(Path path) {
		Path waiting = this.pending;
		if (waiting == null) {
			return StateTree.find(this.working, path);
		}
		if (waiting.equals(path)) {
			return this.pendingValue;
		}
		return besides(waiting, path);
	}

	private @Nullable Object besides(Path waiting, Path path) {
		boolean apart = !waiting.startsWith(path) && !path.startsWith(waiting);
		return StateTree.find(apart ? this.working : working(), path);
	}

	// A copy: what follows may change the tree in place
	Set<String> roots() {
		return Set.copyOf(working().keySet());
	}

	void share() {
		this.shared = true;
	}

	// Used by several threads without a lock, a transaction would break silently
	boolean isUsableHere() {
		return this.shared || Thread.currentThread() == this.owner;
	}

	boolean isShared() {
		return this.shared;
	}

	boolean isOpen() {
		return this.open;
	}

	// No access any more: what follows is commit or nothing
	void end() {
		this.open = false;
	}

	void using(HeavyUse registered) {
		this.arrays = registered;
	}

	HeavyUse arrays(HeavyHeap heap) {
		if (this.arrays == null) {
			this.arrays = heap.begin(this.base.version());
		}
		return this.arrays;
	}

	void committed() {
		this.committed = true;
	}

	// Views end with the attempt; what a failed one has allocated is gone
	void releaseArrays() {
		HeavyUse used = this.arrays;
		if (used != null) {
			this.arrays = null;
			used.end(this.committed);
		}
	}

	@Nullable Object read(Path path) {
		if (path.isIn(Layer.LOCAL)) {
			return StateTree.find(this.local, path);
		}
		Object value = current(path);
		if (isDependable(path)) {
			note(path, value, AccessLog.READ);
		}
		if (this.edit != null && StateTree.isContainer(value)) {
			this.edit = null;
		}
		return value;
	}

	// What is stored there now, without depending on it
	@Nullable Object peek(Path path) {
		if (path.isIn(Layer.LOCAL)) {
			return StateTree.find(this.local, path);
		}
		// Until the first write, what was read is what is there
		int position = isUnchanged() ? this.log.find(path) : -1;
		return (position >= 0) ? this.log.observed(position) : current(path);
	}

	private boolean isDependable(Path path) {
		return !this.raw && !this.volatiles.covers(path);
	}

	private boolean isUnchanged() {
		return this.pending == null && this.working == this.base.root();
	}

	private void note(Path path, @Nullable Object current, int use) {
		int position = this.log.find(path);
		if (position >= 0) {
			this.log.mark(position, use);
			return;
		}
		noteLists(path);
		this.log.add(path, isUnchanged() ? current : StateTree.find(this.base.root(), path), use);
	}

	// A list is one unit: whoever uses an element depends on the whole list, because the
	// same index may be another element in another version
	private void noteLists(Path path) {
		Object node = this.base.root();
		for (int i = 0; i < path.length() - 1 && hasIndex(path, i + 1); i++) {
			node = StateTree.child(node, path.segment(i));
			if (node instanceof List<?>) {
				Path list = path.prefix(i + 1);
				int position = this.log.find(list);
				if (position >= 0) {
					this.log.mark(position, AccessLog.READ);
				}
				else {
					this.log.add(list, node, AccessLog.READ);
				}
			}
		}
	}

	// Whether one of the segments from a position on may be a list index
	private static boolean hasIndex(Path path, int from) {
		for (int i = from; i < path.length(); i++) {
			char first = path.segment(i).charAt(0);
			if (first >= '0' && first <= '9') {
				return true;
			}
		}
		return false;
	}

	void put(Path path, @Nullable Object before, @Nullable Object value) {
		if (path.isIn(Layer.LOCAL)) {
			this.local = StateTree.put(this.local, path, value, null);
			return;
		}
		boolean first = isUnchanged();
		int use = isDependable(path) ? AccessLog.WRITE : AccessLog.BLIND;
		note(path, before, (value instanceof Map<?, ?>) ? use | AccessLog.WHOLE : use);
		if (first && this.log.writes() == 1 && isWithinMaps(path)) {
			this.pending = path;
			this.pendingValue = value;
			return;
		}
		this.working = StateTree.put(working(), path, value, batch());
	}

	// Whether a write there cannot be refused
	private boolean isWithinMaps(Path path) {
		Object node = this.working;
		for (int i = 0; i < path.length() - 1 && node != StateTree.ABSENT; i++) {
			node = StateTree.child(node, path.segment(i));
			if (node != StateTree.ABSENT && !(node instanceof PersistentMap<?>)) {
				return false;
			}
		}
		return path.length() > 1;
	}

	void remove(Path path) {
		if (path.isIn(Layer.LOCAL)) {
			this.local = StateTree.remove(this.local, path, null);
			return;
		}
		note(path, peek(path), isDependable(path) ? AccessLog.WRITE : AccessLog.BLIND);
		this.working = StateTree.remove(working(), path, batch());
		removeEmptied(path);
	}

	// Parents that were made for what is removed again go with it. On a newer version
	// they would not be made either, and no record tells of them.
	private void removeEmptied(Path path) {
		for (int i = path.length() - 1; i > 0; i--) {
			Path parent = path.prefix(i);
			int position = this.log.find(parent);
			boolean implied = StateTree.find(this.base.root(), parent) == StateTree.ABSENT
					&& (position < 0 || !this.log.is(position, AccessLog.WHOLE));
			if (!implied || !(StateTree.find(this.working, parent) instanceof Map<?, ?> map) || !map.isEmpty()) {
				return;
			}
			this.working = StateTree.remove(this.working, parent, batch());
		}
	}

	// A single write is cheaper without an edit: it lives as long as what it made
	private @Nullable Edit batch() {
		if (this.log.writes() > 1 && this.edit == null) {
			this.edit = new Edit();
		}
		return this.edit;
	}

	/**
	 * Change what is stored by an operation that depends on nothing and is repeated on
	 * whatever is live at commit.
	 * @param path the path
	 * @param operand what is brought along
	 * @param after the new value as far as this transaction goes
	 * @param rule gives the new value for the stored one, {@code null} if there is none,
	 * and the operand
	 */
	void merge(Path path, @Nullable Object operand, @Nullable Object after, BinaryOperator<@Nullable Object> rule) {
		note(path, peek(path), AccessLog.MERGE);
		if (this.merged == null) {
			this.merged = new LinkedHashMap<>();
		}
		Merged known = this.merged.get(path);
		PersistentList<Object> operands = (known != null) ? known.operands : PersistentList.empty();
		this.merged.put(path, new Merged(rule, operands.append(operand)));
		this.working = StateTree.put(working(), path, after, batch());
	}

	void emit(Signal signal) {
		if (this.signals == null) {
			this.signals = new ArrayList<>();
		}
		this.signals.add(signal);
	}

	void send(OutboxMessage message) {
		if (this.messages == null) {
			this.messages = new ArrayList<>();
		}
		this.messages.add(message);
	}

	// What follows the commit of another transaction follows this one's instead
	void takeEffects(Transaction other) {
		other.signals().forEach(this::emit);
		other.messages().forEach(this::send);
		other.executions().forEach(this::record);
		other.orders().forEach(this::order);
		this.verdicts = other.verdicts;
	}

	void order(RunOrder order) {
		if (this.orders == null) {
			this.orders = new ArrayList<>(1);
		}
		this.orders.add(order);
	}

	List<RunOrder> orders() {
		return (this.orders != null) ? List.copyOf(this.orders) : List.of();
	}

	void record(RecordedExecution execution) {
		if (this.executions == null) {
			this.executions = new ArrayList<>(1);
		}
		this.executions.add(execution);
	}

	List<RecordedExecution> executions() {
		return (this.executions != null) ? List.copyOf(this.executions) : List.of();
	}

	@Nullable Verdicts verdicts() {
		return this.verdicts;
	}

	void verdicts(Verdicts newVerdicts) {
		this.verdicts = newVerdicts;
	}

	// Only what refuses it for good counts: on another version it may be judged otherwise
	void refusedWith(Verdicts judged) {
		this.refusal = judged;
	}

	// It counts once, and what it is part of may go on
	@Nullable Verdicts takeRefusal() {
		Verdicts taken = this.refusal;
		this.refusal = null;
		return taken;
	}

	void add(BoundGate gate) {
		if (this.gates == null) {
			this.gates = new ArrayList<>(1);
		}
		this.gates.add(gate);
	}

	List<BoundGate> gates() {
		return (this.gates != null) ? this.gates : List.of();
	}

	// Besides changes of the state
	boolean leavesNothing() {
		return signals().isEmpty() && messages().isEmpty() && executions().isEmpty() && orders().isEmpty()
				&& (this.verdicts == null || this.verdicts.isEmpty());
	}

	List<Signal> signals() {
		return (this.signals != null) ? this.signals : List.of();
	}

	List<OutboxMessage> messages() {
		return (this.messages != null) ? this.messages : List.of();
	}

	// What was made under the edit so far must not change any more
	Savepoint savepoint() {
		PersistentMap<Object> content = working();
		this.edit = null;
		return new Savepoint(content, this.local, signals().size(), messages().size(), executions().size(),
				orders().size(), gates().size(), (this.verdicts != null) ? this.verdicts.mark() : 0,
				(this.merged != null) ? new LinkedHashMap<>(this.merged) : null);
	}

	// The log keeps what was read and written since: to depend on more is safe
	void rollbackTo(Savepoint savepoint, CommitOrigin around) {
		this.edit = null;
		this.pending = null;
		this.working = savepoint.working;
		this.local = savepoint.local;
		this.merged = savepoint.merged;
		truncate(this.signals, savepoint.signals);
		truncate(this.messages, savepoint.messages);
		truncate(this.executions, savepoint.executions);
		truncate(this.orders, savepoint.orders);
		truncate(this.gates, savepoint.gates);
		if (this.verdicts != null) {
			this.verdicts.undo(savepoint.verdicts, around);
		}
	}

	private static void truncate(@Nullable List<?> list, int size) {
		if (list != null) {
			list.subList(size, list.size()).clear();
		}
	}

	boolean isReadOnly() {
		return isUnchanged() && leavesNothing();
	}

	/**
	 * Find what stands between this transaction and a newer version.
	 * @param live the version that would come before this commit
	 * @return the first path that has changed, {@code null} if none has
	 */
	@Nullable Path findChange(Snapshot live) {
		if (this.strict && live.version() != this.base.version()) {
			return this.log.path(0);
		}
		Path changed = findTouchedChange(live);
		return (changed == null && this.watch != null) ? this.watch.findChange(this.base, live, this.volatiles)
				: changed;
	}

	private @Nullable Path findTouchedChange(Snapshot live) {
		for (int i = 0; i < this.log.size(); i++) {
			Path path = this.log.path(i);
			boolean depends = this.log.is(i, AccessLog.READ) || this.log.is(i, AccessLog.WRITE);
			if (depends && this.volatiles.differ(path, this.log.observed(i), StateTree.find(live.root(), path))) {
				return path;
			}
			Path parent = this.log.isWritten(i) ? findChangedParent(path, live) : null;
			if (parent != null) {
				return parent;
			}
		}
		return null;
	}

	// A write also reads the kind of each ancestor: what it is written into may not have
	// been removed or replaced by something else. A parent that two transactions create
	// is no difference.
	private @Nullable Path findChangedParent(Path path, Snapshot live) {
		Object before = this.base.root();
		Object now = live.root();
		for (int i = 0; i < path.length() - 1; i++) {
			before = StateTree.child(before, path.segment(i));
			now = StateTree.child(now, path.segment(i));
			if (before == now) {
				return null;
			}
			if (before == StateTree.ABSENT) {
				return (now instanceof PersistentMap<?>) ? null : path.prefix(i + 1);
			}
			if (kind(before) != kind(now)) {
				return path.prefix(i + 1);
			}
		}
		return null;
	}

	// A record may hold a map or list of another class than the one that a write makes
	private static Class<?> kind(@Nullable Object node) {
		if (node instanceof Map<?, ?>) {
			return Map.class;
		}
		if (node instanceof List<?>) {
			return List.class;
		}
		return (node != null) ? node.getClass() : Void.class;
	}

	/**
	 * Repeat the changes on a newer version that {@link #findChange} has cleared.
	 * @param live the version that comes before this commit
	 * @return the content after it
	 * @throws InvalidWriteException if a record refuses what it would hold together with
	 * the changes of others
	 */
	PersistentMap<Object> applyTo(Snapshot live) {
		Path waiting = this.pending;
		if (waiting != null) {
			return StateTree.put(live.root(), waiting, this.pendingValue, null);
		}
		if (live == this.base) {
			return this.working;
		}
		PersistentMap<Object> root = live.root();
		Edit batch = (this.log.writes() > 1) ? new Edit() : null;
		for (int i = 0; i < this.log.size(); i++) {
			Path path = this.log.path(i);
			if (isReplaced(i)) {
				Object value = StateTree.find(this.working, path);
				root = (value != StateTree.ABSENT) ? StateTree.put(root, path, value, batch)
						: StateTree.remove(root, path, batch);
			}
			else if (this.log.is(i, AccessLog.MERGE) && !isReplacedAbove(path)) {
				root = withMerged(root, path, batch);
			}
		}
		return root;
	}

	private boolean isReplaced(int position) {
		return this.log.is(position, AccessLog.WRITE) || this.log.is(position, AccessLog.BLIND);
	}

	// What was written at or above a path holds what was merged there
	private boolean isReplacedAbove(Path path) {
		for (int i = 0; i < this.log.size(); i++) {
			if (isReplaced(i) && path.startsWith(this.log.path(i))) {
				return true;
			}
		}
		return false;
	}

	private PersistentMap<Object> withMerged(PersistentMap<Object> root, Path path, @Nullable Edit batch) {
		Merged known = (this.merged != null) ? this.merged.get(path) : null;
		// A part that failed may have merged before
		if (known == null) {
			return root;
		}
		Object stored = StateTree.find(root, path);
		Object value = (stored != StateTree.ABSENT) ? stored : null;
		for (Object operand : known.operands) {
			value = known.rule.apply(value, operand);
		}
		return StateTree.put(root, path, value, batch);
	}

	/**
	 * List what the transaction has changed.
	 * @return the smallest parts that differ from its snapshot
	 */
	List<StateChange> changes() {
		Path waiting = this.pending;
		if (waiting == null) {
			return changes(this.base.root(), this.working);
		}
		Object old = this.log.observed(this.log.find(waiting));
		if (StateTree.isContainer(old) || StateTree.isContainer(this.pendingValue)) {
			return changes(this.base.root(), working());
		}
		return StateTree.same(old, this.pendingValue) ? List.of()
				: List.of(new StateChange(waiting, old, this.pendingValue));
	}

	/**
	 * List what the changes make different in a version that {@link #findChange} has
	 * cleared.
	 * @param own what differs from the snapshot
	 * @param live the version
	 * @param after the content after this commit
	 * @return the smallest parts that differ
	 */
	List<StateChange> changes(List<StateChange> own, Snapshot live, PersistentMap<Object> after) {
		// A value that was validated is the same in both versions
		boolean same = live == this.base || (this.pending != null && isDependable(this.pending));
		return same ? own : changes(live.root(), after);
	}

	/**
	 * List what the changes make different.
	 * @param before the content before the commit
	 * @param after the content after it
	 * @return the smallest parts that differ
	 */
	List<StateChange> changes(PersistentMap<Object> before, PersistentMap<Object> after) {
		if (before == after) {
			return List.of();
		}
		// Writes above and below each other would report a part twice
		Collection<StateChange> changes = (this.log.writes() > 1) ? new LinkedHashSet<>() : new ArrayList<>(1);
		for (int i = 0; i < this.log.size(); i++) {
			if (this.log.isWritten(i)) {
				Path path = this.log.path(i);
				Object old = (before == this.base.root()) ? this.log.observed(i) : StateTree.find(before, path);
				Object now = StateTree.find(after, path);
				if (this.log.writes() == 1 && !StateTree.isContainer(old) && !StateTree.isContainer(now)) {
					return StateTree.same(old, now) ? List.of() : List.of(new StateChange(path, old, now));
				}
				StateDiff.between(path, old, now, changes::add);
			}
		}
		return List.copyOf(changes);
	}

	/**
	 * What a transaction was when a part of it began.
	 *
	 * @param working the content
	 * @param local the scratch space
	 * @param signals how many signals there were
	 * @param messages how many messages there were
	 * @param executions how many executions were recorded
	 * @param orders how many orders to runs there were
	 * @param gates how many rules about what is written there were
	 * @param verdicts what the rules had said
	 * @param merged what was merged
	 */
	record Savepoint(PersistentMap<Object> working, PersistentMap<Object> local, int signals, int messages,
			int executions, int orders, int gates, long verdicts, @Nullable Map<Path, Merged> merged) {

	}

	/**
	 * What is repeated at a path.
	 *
	 * @param rule how
	 * @param operands with what, in order
	 */
	record Merged(BinaryOperator<@Nullable Object> rule, PersistentList<Object> operands) {

	}

}
