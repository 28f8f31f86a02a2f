package io.theus.state;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.DiffVisitor;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;

/**
 * Finds what differs between two nodes of the state by walking only what they do not
 * share. Maps are compared entry by entry and records of one class component by
 * component; everything else is one unit.
 *
 * @since 0.1.0
 */
public final class StateDiff {

	private final Consumer<StateChange> changes;

	private final boolean leaves;

	private StateDiff(Consumer<StateChange> changes, boolean leaves) {
		this.changes = changes;
		this.leaves = leaves;
	}

	/**
	 * Report the smallest parts that differ. A map that was added or removed as a whole
	 * is one change.
	 * @param path the path of both nodes
	 * @param before the old node or {@link StateTree#ABSENT}
	 * @param after the new node or {@link StateTree#ABSENT}
	 * @param changes receives the differences
	 */
	public static void between(Path path, @Nullable Object before, @Nullable Object after,
			Consumer<StateChange> changes) {
		new StateDiff(changes, false).walk(path, before, after);
	}

	/**
	 * Report the leaves that differ. A map or record that was added or removed is
	 * reported part by part, an empty one itself. A list that holds maps, records or
	 * lists is compared element by element.
	 * @param path the path of both nodes
	 * @param before the old node or {@link StateTree#ABSENT}
	 * @param after the new node or {@link StateTree#ABSENT}
	 * @param changes receives the differences
	 */
	public static void leavesBetween(Path path, @Nullable Object before, @Nullable Object after,
			Consumer<StateChange> changes) {
		new StateDiff(changes, true).walk(path, before, after);
	}

	private void walk(Path path, @Nullable Object before, @Nullable Object after) {
		if (before == after) {
			return;
		}
		if (before instanceof PersistentMap<?> old && after instanceof PersistentMap<?> now) {
			walkMaps(path, old, now);
		}
		else if (before instanceof Record old && after instanceof Record now && old.getClass() == now.getClass()
				&& !StateTree.isReference(old)) {
			walkRecords(path, old, now);
		}
		else if (this.leaves && before instanceof List<?> old && after instanceof List<?> now) {
			walkLists(path, old, now);
		}
		else if (!StateTree.same(before, after)) {
			report(path, before, after);
		}
	}

	private void walkLists(Path path, List<?> before, List<?> after) {
		if (!hasParts(before) && !hasParts(after)) {
			report(path, before, after);
			return;
		}
		for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
			String index = String.valueOf(i);
			walk(path.child(index), StateTree.child(before, index), StateTree.child(after, index));
		}
	}

	@SuppressWarnings("unchecked")
	private void walkMaps(Path path, PersistentMap<?> before, PersistentMap<?> after) {
		PersistentMap.diff((PersistentMap<Object>) before, (PersistentMap<Object>) after, new DiffVisitor<Object>() {

			@Override
			public void added(String key, @Nullable Object value) {
				report(path.child(key), StateTree.ABSENT, value);
			}

			@Override
			public void removed(String key, @Nullable Object value) {
				report(path.child(key), value, StateTree.ABSENT);
			}

			@Override
			public void changed(String key, @Nullable Object old, @Nullable Object now) {
				walk(path.child(key), old, now);
			}

		});
	}

	private void walkRecords(Path path, Record before, Record after) {
		RecordShape shape = RecordShape.of(before.getClass());
		for (int i = 0; i < shape.names().size(); i++) {
			Object old = shape.get(before, i);
			Object now = shape.get(after, i);
			if (!StateTree.same(old, now)) {
				walk(path.child(shape.names().get(i)), old, now);
			}
		}
	}

	private void report(Path path, @Nullable Object before, @Nullable Object after) {
		if (!this.leaves || (!hasParts(before) && !hasParts(after))) {
			this.changes.accept(new StateChange(path, before, after));
			return;
		}
		if (hasParts(before)) {
			reportParts(path, before, true);
		}
		else if (before != StateTree.ABSENT) {
			this.changes.accept(new StateChange(path, before, StateTree.ABSENT));
		}
		if (hasParts(after)) {
			reportParts(path, after, false);
		}
		else if (after != StateTree.ABSENT) {
			this.changes.accept(new StateChange(path, StateTree.ABSENT, after));
		}
	}

	private void reportParts(Path path, @Nullable Object node, boolean removed) {
		if (node instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				Object part = list.get(i);
				report(path.child(String.valueOf(i)), removed ? part : StateTree.ABSENT,
						removed ? StateTree.ABSENT : part);
			}
			return;
		}
		for (String key : StateTree.keys(node)) {
			Object part = StateTree.child(node, key);
			report(path.child(key), removed ? part : StateTree.ABSENT, removed ? StateTree.ABSENT : part);
		}
	}

	private static boolean hasParts(@Nullable Object node) {
		if (node instanceof List<?> list) {
			return list.stream().anyMatch(StateTree::isContainer);
		}
		return (node instanceof Map<?, ?> map && !map.isEmpty())
				|| (node instanceof Record && !StateTree.isReference(node));
	}

}
