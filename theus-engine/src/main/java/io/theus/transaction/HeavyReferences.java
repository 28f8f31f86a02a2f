package io.theus.transaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.HeavyDescriptor;
import io.theus.heavy.HeavyHeap;
import io.theus.heavy.HeavyUse;
import io.theus.path.Path;
import io.theus.path.Zone;
import io.theus.path.Zones;
import io.theus.state.Snapshot;
import io.theus.state.StateChange;

/**
 * Tells the heap which arrays the state refers to, and who uses them. As long as nothing
 * was ever allocated, it costs a look at a flag.
 */
// An attempt is registered before it takes its snapshot, so that what the snapshot refers
// to stays until the attempt has ended. Where there was nothing to register with, it is
// looked at again afterwards: an array that was allocated since cannot be in the
// snapshot,
// unless the snapshot is taken anew.
final class HeavyReferences {

	private final HeavyHeap heap;

	private final Zones zones;

	HeavyReferences(HeavyHeap heap, Zones zones) {
		this.heap = heap;
		this.zones = zones;
	}

	Transaction registered(CommitPoint commitPoint, Function<Snapshot, Transaction> begin) {
		if (this.heap.isEmpty()) {
			Snapshot base = commitPoint.head();
			if (this.heap.isEmpty()) {
				return begin.apply(base);
			}
		}
		HeavyUse use = this.heap.begin(commitPoint.head().version());
		Transaction transaction = begin.apply(commitPoint.head());
		transaction.using(use);
		return transaction;
	}

	/**
	 * Return the arrays of a transaction.
	 * @param transaction the transaction
	 * @return its use of the heap, which ends with it
	 */
	HeavyUse of(Transaction transaction) {
		return transaction.arrays(this.heap);
	}

	/**
	 * Keep what a transaction is going to refer to until it has ended.
	 * @param transaction the transaction
	 * @param path where it writes
	 * @param value what it writes
	 * @throws io.theus.heavy.HeavyGoneException if an array is not there any more
	 */
	void hold(Transaction transaction, Path path, @Nullable Object value) {
		if (!this.heap.isEmpty() || value instanceof HeavyDescriptor) {
			each(path, value, (reference) -> of(transaction).hold(reference));
		}
	}

	/**
	 * Count what the newest version refers to, under the lock of the commit point.
	 * @param changes what differs from the version before
	 * @param version from this version on, what was replaced is not seen any more
	 */
	void replaced(List<StateChange> changes, long version) {
		if (this.heap.isEmpty()) {
			return;
		}
		List<HeavyDescriptor> removed = new ArrayList<>(0);
		List<HeavyDescriptor> added = new ArrayList<>(0);
		for (StateChange change : changes) {
			each(change.path(), change.before().orElse(null), removed::add);
			each(change.path(), change.after().orElse(null), added::add);
		}
		if (!removed.isEmpty() || !added.isEmpty()) {
			this.heap.replaced(version, removed, added);
		}
	}

	private void each(Path path, @Nullable Object node, Consumer<HeavyDescriptor> references) {
		if (node instanceof HeavyDescriptor || node instanceof Map<?, ?> || node instanceof Collection<?>) {
			if (this.zones.of(path) == Zone.HEAVY) {
				eachIn(node, references);
			}
			else if (node instanceof Map<?, ?> map) {
				map.forEach((key, child) -> each(path.child(key), child, references));
			}
		}
	}

	private static void eachIn(@Nullable Object node, Consumer<HeavyDescriptor> references) {
		if (node instanceof HeavyDescriptor reference) {
			references.accept(reference);
		}
		else if (node instanceof Map<?, ?> map) {
			map.values().forEach((child) -> eachIn(child, references));
		}
		else if (node instanceof Collection<?> elements) {
			elements.forEach((child) -> eachIn(child, references));
		}
	}

}
