package io.theus.schema;

import java.util.Collections;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.PersistentList;
import io.theus.path.Path;
import io.theus.state.StateChange;
import io.theus.state.StateTree;

/**
 * Which part of a container has changed.
 *
 * @param change the change at or below that part
 * @param depth how many segments of the change's path lead to the container
 */
record ChangedPart(StateChange change, int depth) {

	String key() {
		return this.change.path().segment(this.depth);
	}

	// Only then may the container itself be new
	boolean isAddition() {
		return this.change.isAddition();
	}

	/**
	 * Reduce the part to those of its elements that are new.
	 * @param part the part itself
	 * @return a smaller collection, or the part
	 */
	@Nullable Object changedIn(@Nullable Object part) {
		Path path = this.change.path();
		int next = this.depth + 1;
		if (next < path.length() && part instanceof Map<?, ?>) {
			Object element = StateTree.child(part, path.segment(next));
			return (element != StateTree.ABSENT) ? Collections.singletonMap(path.segment(next), element) : Map.of();
		}
		if (next == path.length() && part instanceof PersistentList<?> now
				&& this.change.before().orElse(null) instanceof PersistentList<?> before) {
			return now.subList(now.sharedPrefix(before), now.size());
		}
		return part;
	}

}
