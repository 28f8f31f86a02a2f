package io.theus.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Navigable;
import io.theus.path.Path;
import io.theus.state.Snapshot;
import io.theus.state.StateTree;

/**
 * A part of the state in which something is PRIVATE, without what is. Entering it member
 * by member copies nothing.
 */
final class VisibleState implements Navigable {

	private final List<Path> hidden;

	private final Path path;

	private final @Nullable Object node;

	private VisibleState(List<Path> hidden, Path path, @Nullable Object node) {
		this.hidden = hidden;
		this.path = path;
		this.node = node;
	}

	/**
	 * Return a layer of the state as conditions see it.
	 * @param snapshot the state
	 * @param root the layer or zone root
	 * @return the layer, {@code null} if nobody has written it yet
	 */
	static @Nullable Object of(Snapshot snapshot, String root) {
		Object node = snapshot.root().find(root, StateTree.ABSENT);
		List<Path> hidden = snapshot.privatePaths();
		if (hidden.isEmpty()) {
			return (node != StateTree.ABSENT) ? node : null;
		}
		return visible(hidden, Path.parse(root), node);
	}

	private static @Nullable Object visible(List<Path> candidates, Path path, @Nullable Object node) {
		if (node == StateTree.ABSENT) {
			return null;
		}
		List<Path> hidden = candidates.stream().filter((candidate) -> candidate.startsWith(path)).toList();
		if (hidden.isEmpty()) {
			return node;
		}
		boolean isHidden = hidden.stream().anyMatch((candidate) -> candidate.length() == path.length());
		return isHidden ? null : new VisibleState(hidden, path, node);
	}

	@Override
	public @Nullable Object member(Object key) {
		String segment = key.toString();
		if (this.node instanceof List<?> list && key instanceof Long index && index < 0) {
			segment = Long.toString(index + list.size());
		}
		return visible(this.hidden, this.path.child(segment), StateTree.child(this.node, segment));
	}

	@Override
	public @Nullable Object value() {
		if (this.node instanceof List<?> list) {
			List<@Nullable Object> visible = new ArrayList<>(list.size());
			for (int i = 0; i < list.size(); i++) {
				visible.add(valueOf(member((long) i)));
			}
			return Collections.unmodifiableList(visible);
		}
		Map<String, @Nullable Object> visible = new LinkedHashMap<>();
		for (String key : StateTree.keys(this.node)) {
			Path child = this.path.child(key);
			if (!this.hidden.contains(child)) {
				visible.put(key, valueOf(member(key)));
			}
		}
		return Collections.unmodifiableMap(visible);
	}

	private static @Nullable Object valueOf(@Nullable Object member) {
		return (member instanceof VisibleState part) ? part.value() : member;
	}

}
