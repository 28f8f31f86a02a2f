package io.theus.invariant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.state.StateChange;
import io.theus.state.StateTree;

/**
 * The places that a rule is about: those that a pattern of literal keys and {@code *}
 * matches in full length.
 */
// A change is the smallest part that differs. It lies at such a place or below it, or
// above
// it where a whole map came or went; then the places within the map have changed, and
// walking them costs no more than the commit did.
final class Places {

	private static final Set<String> ROOTS = Set.of("domain", "global", "heavy", "log");

	private final PathPattern pattern;

	private final int length;

	Places(String invariant, String text) {
		this(invariant, PathPattern.parse(text));
	}

	Places(String invariant, PathPattern pattern) {
		this.pattern = pattern;
		this.length = pattern.length();
		if (pattern.isDeep() || !pattern.placeholders().isEmpty()) {
			throw new InvalidInvariantException(invariant,
					"path '%s' has more than keys and '*', write one '*' for each level".formatted(pattern));
		}
		if (pattern.literal(0) == null || !ROOTS.contains(pattern.literal(0))) {
			throw new InvalidInvariantException(invariant,
					"path '%s' is in no commit, a path begins with domain, global, heavy or log".formatted(pattern));
		}
	}

	PathPattern pattern() {
		return this.pattern;
	}

	int wildcards() {
		int count = 0;
		for (int i = 0; i < this.length; i++) {
			count += (this.pattern.literal(i) == null) ? 1 : 0;
		}
		return count;
	}

	/**
	 * Return whether a change may concern one of the places.
	 * @param path where something has changed
	 * @return whether it lies at, below or above one of them
	 */
	boolean isTouchedAt(Path path) {
		for (int i = Math.min(path.length(), this.length) - 1; i >= 0; i--) {
			String key = this.pattern.literal(i);
			if (key != null && !key.equals(path.segment(i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Return whether one of the places differs.
	 * @param proposal what differs
	 * @return whether there is a place to visit
	 */
	boolean differIn(Proposal proposal) {
		for (StateChange change : proposal.changes()) {
			Path path = change.path();
			if (isTouchedAt(path) && (path.length() >= this.length || differBelow(path, proposal))) {
				return true;
			}
		}
		return false;
	}

	private boolean differBelow(Path path, Proposal proposal) {
		boolean[] found = new boolean[1];
		walk(path, StateTree.find(proposal.before(), path), StateTree.find(proposal.after(), path),
				(at, before, after) -> found[0] = true);
		return found[0];
	}

	/**
	 * Visit the places that differ, each once.
	 * @param proposal what differs
	 * @param visitor is given each place with both values
	 */
	void visitChanged(Proposal proposal, Visitor visitor) {
		Set<Path> seen = (proposal.changes().size() > 1) ? new HashSet<>() : null;
		for (StateChange change : proposal.changes()) {
			Path path = change.path();
			if (!isTouchedAt(path)) {
				continue;
			}
			Path at = (path.length() > this.length) ? path.prefix(this.length) : path;
			if (seen == null || seen.add(at)) {
				Object before = StateTree.find(proposal.before(), at);
				Object after = StateTree.find(proposal.after(), at);
				if (at.length() == this.length) {
					visitor.visit(at, before, after);
				}
				else {
					walk(at, before, after, visitor);
				}
			}
		}
	}

	/**
	 * Visit all places of a state.
	 * @param root the content
	 * @param visitor is given each place with its value, as if it had just been added
	 */
	void visitAll(PersistentMap<Object> root, Visitor visitor) {
		String key = String.valueOf(this.pattern.literal(0));
		walk(Path.parse(key), StateTree.ABSENT, StateTree.child(root, key), visitor);
	}

	private void walk(Path at, @Nullable Object before, @Nullable Object after, Visitor visitor) {
		if (before == after) {
			return;
		}
		if (at.length() == this.length) {
			if (!StateTree.same(before, after)) {
				visitor.visit(at, before, after);
			}
			return;
		}
		String key = this.pattern.literal(at.length());
		for (String each : (key != null) ? List.of(key) : keys(before, after)) {
			walk(at.child(each), StateTree.child(before, each), StateTree.child(after, each), visitor);
		}
	}

	private static Set<String> keys(@Nullable Object before, @Nullable Object after) {
		if (before == StateTree.ABSENT && after instanceof Map<?, ?>) {
			return StateTree.keys(after);
		}
		Set<String> keys = new LinkedHashSet<>();
		addKeys(before, keys);
		addKeys(after, keys);
		return keys;
	}

	private static void addKeys(@Nullable Object node, Set<String> keys) {
		if (node instanceof List<?> list) {
			for (int i = 0; i < list.size(); i++) {
				keys.add(String.valueOf(i));
			}
		}
		keys.addAll(StateTree.keys(node));
	}

	/**
	 * Find the place of others that belongs to one of these.
	 * @param place one of these places
	 * @param others as many wildcards
	 * @return the place with the same keys for wildcards
	 */
	Path counterpart(Path place, Places others) {
		List<String> keys = new ArrayList<>();
		for (int i = 0; i < this.length; i++) {
			if (this.pattern.literal(i) == null) {
				keys.add(place.segment(i));
			}
		}
		Path counterpart = Path.parse(String.valueOf(others.pattern.literal(0)));
		int next = 0;
		for (int i = 1; i < others.length; i++) {
			String key = others.pattern.literal(i);
			counterpart = counterpart.child((key != null) ? key : keys.get(next++));
		}
		return counterpart;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Places places && this.pattern.equals(places.pattern);
	}

	@Override
	public int hashCode() {
		return this.pattern.hashCode();
	}

	@Override
	public String toString() {
		return this.pattern.toString();
	}

	/**
	 * Is told of places.
	 */
	@FunctionalInterface
	interface Visitor {

		void visit(Path place, @Nullable Object before, @Nullable Object after);

	}

}
