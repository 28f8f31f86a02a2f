package io.theus.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.Edit;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Layer;
import io.theus.path.Path;
import io.theus.path.Zone;
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

	private final Map<String, Object> signals;

	private final List<Path> privatePaths;

	/**
	 * Create a version.
	 * @param version the sequence number of the commit that makes it
	 * @param root the content
	 * @param signals the last payload by topic, unmodifiable
	 * @param privatePaths the topmost paths in the PRIVATE zone that are present
	 */
	public Snapshot(long version, PersistentMap<Object> root, Map<String, Object> signals, List<Path> privatePaths) {
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
	public Map<String, Object> signals() {
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
	public Map<String, Object> view(Layer layer) {
		Object content = this.root.find(layer.key(), StateTree.ABSENT);
		return (content instanceof PersistentMap<?>) ? StateTree.asMap(content) : Map.of();
	}

	@Override
	public Map<String, Object> toMap() {
		PersistentMap<Object> visible = this.root;
		for (Path hidden : this.privatePaths) {
			visible = StateTree.remove(visible, hidden, null);
		}
		return PlainValues.mapOf(visible);
	}

	@Override
	public List<StateChange> diff(State other) {
		List<StateChange> changes = new ArrayList<>();
		PersistentMap<Object> after = (other instanceof Snapshot snapshot) ? snapshot.root
				: fromMap(other.toMap()).root;
		for (String key : union(this.root, after)) {
			StateDiff.between(Path.parse(key), this.root.find(key, StateTree.ABSENT), after.find(key, StateTree.ABSENT),
					changes::add);
		}
		return changes;
	}

	private static Iterable<String> union(PersistentMap<Object> a, PersistentMap<Object> b) {
		Map<String, Boolean> keys = new LinkedHashMap<>();
		a.keySet().forEach((key) -> keys.put(key, true));
		b.keySet().forEach((key) -> keys.put(key, true));
		return keys.keySet();
	}

	private static Snapshot fromMap(Map<String, ?> content) {
		return (Snapshot) State.fromMap(content);
	}

	Snapshot withContent(Map<String, ?> content, Values values) {
		PersistentMap<Object> tree = this.root;
		Edit edit = new Edit();
		for (Map.Entry<String, ?> entry : content.entrySet()) {
			Path path = Path.parse(entry.getKey());
			tree = StateTree.put(tree, path, values.accept(path, entry.getValue()), edit);
		}
		return new Snapshot(this.version, tree, this.signals, this.privatePaths);
	}

}
