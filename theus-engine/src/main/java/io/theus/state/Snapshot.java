package io.theus.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.Edit;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Layer;
import io.theus.path.Path;
import io.theus.path.Zone;
import io.theus.path.ZoneDeclarations;
import io.theus.path.Zones;

/**
 * A version of the state as commits make it: the tree, the signals of its commit, and
 * where the tree holds PRIVATE values, so that views can leave them out without a search.
 * <p>
 * Immutable and safe for use by several threads. Identity matters: an attempt that fails
 * leaves the same snapshot object behind.
 *
 * @since 0.1.0
 */
public final class Snapshot extends AbstractReader implements State {

	private static final Snapshot EMPTY = new Snapshot(0, PersistentMap.empty(), Map.of(), List.of());

	private final long version;

	private final PersistentMap<Object> root;

	private final Map<String, @Nullable Object> signals;

	private final List<Path> privatePaths;

	/**
	 * Create a version.
	 * @param version the sequence number of the commit that makes it
	 * @param root the content
	 * @param signals the last payload by topic, unmodifiable
	 * @param privatePaths the topmost paths in the PRIVATE zone that are present
	 */
	public Snapshot(long version, PersistentMap<Object> root, Map<String, @Nullable Object> signals,
			List<Path> privatePaths) {
		this.version = version;
		this.root = root;
		this.signals = signals;
		this.privatePaths = privatePaths;
	}

	/**
	 * Return the version of the empty engine.
	 * @return version 0
	 */
	public static Snapshot empty() {
		return EMPTY;
	}

	/**
	 * Return the content.
	 * @return the tree, by layer and zone root
	 */
	public PersistentMap<Object> root() {
		return this.root;
	}

	/**
	 * Return where PRIVATE values are.
	 * @return their topmost paths, unmodifiable, usually empty
	 */
	public List<Path> privatePaths() {
		return this.privatePaths;
	}

	@Override
	public long version() {
		return this.version;
	}

	@Override
	public Map<String, @Nullable Object> signals() {
		return this.signals;
	}

	@Override
	protected @Nullable Object read(Path path) {
		return (Zones.ofRoot(path.root()) == Zone.SIGNAL) ? StateTree.find(signalRoot(), path, 1)
				: StateTree.find(this.root, path);
	}

	private PersistentMap<Object> signalRoot() {
		return PersistentMap.copyOf(this.signals);
	}

	@Override
	protected @Nullable Object readKeys(Path path) {
		return read(path);
	}

	@Override
	public Map<String, @Nullable Object> view(Layer layer) {
		Object content = this.root.find(layer.key(), StateTree.ABSENT);
		return (content instanceof PersistentMap<?>) ? StateTree.asMap(content) : Map.of();
	}

	@Override
	public Map<String, @Nullable Object> toMap() {
		Map<String, @Nullable Object> plain = PlainValues.mapOf(this.root);
		this.privatePaths.forEach((hidden) -> remove(plain, hidden));
		return plain;
	}

	// Not from the tree, because a component cannot be removed from a record
	private static void remove(Map<String, @Nullable Object> plain, Path hidden) {
		Object node = plain;
		for (int i = 0; i < hidden.length() - 1; i++) {
			node = StateTree.child(node, hidden.segment(i));
		}
		if (node instanceof Map<?, ?> parent) {
			parent.remove(hidden.last());
		}
	}

	@Override
	public List<StateChange> diff(State other) {
		return diff(this.root, other);
	}

	/**
	 * List what differs between the content of a view and another version.
	 * @param before the content by layer and zone root
	 * @param other the version to compare with, taken as the later one
	 * @return the differences in no particular order
	 */
	public static List<StateChange> diff(Map<String, ?> before, State other) {
		Map<String, ?> after = (other instanceof Snapshot snapshot) ? snapshot.root : roots(other);
		List<StateChange> changes = new ArrayList<>();
		Set<String> keys = new LinkedHashSet<>(before.keySet());
		keys.addAll(after.keySet());
		for (String key : keys) {
			StateDiff.between(Path.parse(key), StateTree.child(before, key), StateTree.child(after, key), changes::add);
		}
		return changes;
	}

	private static Map<String, @Nullable Object> roots(State state) {
		Map<String, @Nullable Object> roots = new LinkedHashMap<>();
		for (String key : state.toMap().keySet()) {
			state.find(key).ifPresent((content) -> roots.put(key, content));
		}
		return roots;
	}

	Snapshot withContent(Map<String, ?> content, Values values) {
		PersistentMap<Object> tree = this.root;
		Edit edit = new Edit();
		for (Map.Entry<String, ?> entry : content.entrySet()) {
			Path path = Path.parse(entry.getKey());
			tree = StateTree.put(tree, path, values.accept(path, entry.getValue()), edit);
		}
		List<StateChange> changes = diff(Map.of(), new Snapshot(0, tree, Map.of(), List.of()));
		List<Path> hidden = PrivatePaths.after(List.of(), changes, tree, new Zones(ZoneDeclarations.NONE));
		return new Snapshot(this.version, tree, this.signals, hidden);
	}

}
