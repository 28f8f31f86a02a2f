package io.theus.invariant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Navigable;
import io.theus.internal.collection.PersistentMap;
import io.theus.state.Snapshot;
import io.theus.state.StateTree;

/**
 * The last states as an expression sees them: {@code window(3)} are three, the oldest
 * first and the would-be one last.
 */
final class Window implements Navigable {

	private final Proposal proposal;

	Window(Proposal proposal) {
		this.proposal = proposal;
	}

	@Override
	public Object member(Object key) {
		if (!(key instanceof Long count) || count < 1) {
			return new Values(List.of(), true);
		}
		List<@Nullable Object> states = new ArrayList<>();
		states.add(this.proposal.after());
		PersistentMap<Object> next = this.proposal.isInitial() ? null : this.proposal.before();
		for (long earlier = 1; next != null && earlier < count; earlier++) {
			states.add(next);
			Snapshot older = this.proposal.versions().apply(this.proposal.version() - earlier);
			next = (older != null) ? older.root() : null;
		}
		Collections.reverse(states);
		return new Values(states, true);
	}

	@Override
	public @Nullable Object value() {
		return null;
	}

	/**
	 * What is at one place in several states.
	 *
	 * @param nodes the values, those that are absent left out
	 * @param whole whether they are the states themselves
	 */
	record Values(List<@Nullable Object> nodes, boolean whole) implements Navigable {

		@Override
		public @Nullable Object member(Object key) {
			if (this.whole && key instanceof Long index) {
				long position = (index < 0) ? index + this.nodes.size() : index;
				return (position >= 0 && position < this.nodes.size()) ? this.nodes.get((int) position) : null;
			}
			List<@Nullable Object> members = new ArrayList<>(this.nodes.size());
			for (Object node : this.nodes) {
				Object member = StateTree.child(node, key.toString());
				if (member != null && member != StateTree.ABSENT) {
					members.add(member);
				}
			}
			return new Values(members, false);
		}

		@Override
		public Object value() {
			return Collections.unmodifiableList(this.nodes);
		}

	}

}
