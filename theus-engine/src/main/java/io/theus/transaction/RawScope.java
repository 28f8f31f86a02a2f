package io.theus.transaction;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.Merging;
import io.theus.audit.AuditException;
import io.theus.audit.Verdicts;
import io.theus.conflict.ConflictException;
import io.theus.contract.AccessGuard;
import io.theus.contract.ReadScope;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Layer;
import io.theus.path.Path;
import io.theus.state.Snapshot;
import io.theus.store.CommitOrigin;

/**
 * Guarded access to the live state: what is read is what is stored by now, and each write
 * is a commit of its own. Scratch values, signals and messages are kept until the end as
 * in any transaction.
 */
// Each access makes a transaction that sees only it. A write is repeated when a rule
// fails only together with what others have committed meanwhile, until it passes or fails
// by itself; values of others never refuse it.
final class RawScope extends Scope {

	private final CommitPoint commitPoint;

	private @Nullable Consumer<Scope> ending;

	RawScope(Transaction transaction, AccessGuard guard, ScopeSettings settings, CommitPoint commitPoint,
			@Nullable PersistentMap<Object> signals) {
		super(transaction, guard, settings, signals);
		this.commitPoint = commitPoint;
	}

	@Override
	public Scope under(AccessGuard other) {
		return new RawScope(transaction(), other, settings(), this.commitPoint, signals());
	}

	@Override
	public Scope seeing(PersistentMap<Object> given) {
		return new RawScope(transaction(), guard(), settings(), this.commitPoint, given);
	}

	@Override
	public boolean isRaw() {
		return true;
	}

	@Override
	public Snapshot base() {
		return this.commitPoint.head();
	}

	// What is written at once is checked at once
	private Scope live() {
		Transaction live = on(this.commitPoint.head(), origin(), deadline(), settings());
		transaction().gates().forEach(live::add);
		return within(live);
	}

	static Transaction begin(CommitOrigin origin, Deadline deadline, ScopeSettings settings, CommitPoint commitPoint) {
		return settings.arrays().registered(commitPoint, (base) -> on(base, origin, deadline, settings));
	}

	// Each access is over at once: only what is kept until the end is registered with the
	// heap, which keeps arrays for it
	private static Transaction on(Snapshot base, CommitOrigin origin, Deadline deadline, ScopeSettings settings) {
		return new Transaction(base, origin, deadline, settings.volatiles(), true);
	}

	private void commitEach(Consumer<Scope> write) {
		locked(() -> {
			checkOpen();
			commitNow(write);
			// There is another commit to come
			deadline().reopen();
		});
	}

	private Snapshot commitNow(Consumer<Scope> write) {
		while (true) {
			Scope live = live();
			try {
				write.accept(live);
				return live.commitAt(this.commitPoint);
			}
			catch (AuditException ex) {
				Verdicts refusal = live.takeRefusal();
				if (refusal != null) {
					verdicts(origin()).adopt(refusal);
				}
				throw ex;
			}
			catch (ConflictException ex) {
				if (this.commitPoint.head() == live.base()) {
					throw ex;
				}
			}
			finally {
				live.abandon();
			}
		}
	}

	@Override
	void endWith(Consumer<Scope> writes) {
		this.ending = writes;
	}

	@Override
	Snapshot commitAt(CommitPoint point) {
		Consumer<Scope> writes = this.ending;
		Snapshot made = commitNow((live) -> {
			live.transaction().takeEffects(transaction());
			if (writes != null) {
				writes.accept(live);
			}
		});
		transaction().committed();
		return made;
	}

	@Override
	public @Nullable Object peek(Path path) {
		return path.isIn(Layer.LOCAL) ? super.peek(path) : live().peek(path);
	}

	@Override
	Set<String> roots() {
		return live().roots();
	}

	@Override
	public @Nullable Object read(Path path, ReadScope scope) {
		if (path.isIn(Layer.LOCAL)) {
			return super.read(path, scope);
		}
		locked(this::checkOpen);
		return live().read(path, scope);
	}

	@Override
	@Nullable Object readOutput(Path path) {
		return peek(path);
	}

	@Override
	Set<String> siblings(Path path) {
		return path.isIn(Layer.LOCAL) ? super.siblings(path) : live().siblings(path);
	}

	@Override
	public void set(Path path, @Nullable Object value) {
		if (path.isIn(Layer.LOCAL)) {
			super.set(path, value);
		}
		else {
			commitEach((live) -> live.set(path, value));
		}
	}

	@Override
	public void create(Path path, @Nullable Object value) {
		if (path.isIn(Layer.LOCAL)) {
			super.create(path, value);
		}
		else {
			commitEach((live) -> live.create(path, value));
		}
	}

	@Override
	public void merge(Path path, Map<?, ?> entries) {
		if (path.isIn(Layer.LOCAL)) {
			super.merge(path, entries);
		}
		else {
			commitEach((live) -> live.merge(path, entries));
		}
	}

	@Override
	public void remove(Path path) {
		if (path.isIn(Layer.LOCAL)) {
			super.remove(path);
		}
		else {
			commitEach((live) -> live.remove(path));
		}
	}

	@Override
	public void combine(Path path, @Nullable Merging operation, @Nullable Object operand) {
		if (path.isIn(Layer.LOCAL)) {
			super.combine(path, operation, operand);
		}
		else {
			commitEach((live) -> live.combine(path, operation, operand));
		}
	}

	@Override
	public List<Path> touched() {
		return List.of();
	}

}
