package io.theus.transaction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.contract.ReadScope;
import io.theus.path.Layer;
import io.theus.path.Path;
import io.theus.state.AbstractReader;
import io.theus.state.NoSuchPathException;
import io.theus.state.PlainValues;
import io.theus.state.Snapshot;
import io.theus.state.State;
import io.theus.state.StateChange;

/**
 * The state as a running transaction sees it, under the rules of whoever runs there.
 *
 * @since 0.1.0
 */
public final class ScopedState extends AbstractReader implements State {

	private final Scope scope;

	/**
	 * Create a view.
	 * @param scope the running transaction
	 */
	public ScopedState(Scope scope) {
		this.scope = scope;
	}

	@Override
	protected @Nullable Object read(Path path) {
		return this.scope.read(path, ReadScope.VALUE);
	}

	@Override
	protected @Nullable Object readKeys(Path path) {
		return this.scope.read(path, ReadScope.KEYS);
	}

	@Override
	protected NoSuchPathException absent(Path path) {
		return new NoSuchPathException(path, this.scope.siblings(path));
	}

	@Override
	public long version() {
		return this.scope.base().version();
	}

	@Override
	@SuppressWarnings("unchecked")
	public Map<String, @Nullable Object> view(Layer layer) {
		Object content = read(Path.parse(layer.key()));
		return (content instanceof Map<?, ?> map) ? (Map<String, @Nullable Object>) map : Map.of();
	}

	@Override
	public Map<String, @Nullable Object> signals() {
		Object signals = read(Path.parse("signal"));
		return (signals instanceof Map<?, ?> map) ? PlainValues.mapOf(map) : Map.of();
	}

	@Override
	public Map<String, @Nullable Object> toMap() {
		Map<String, @Nullable Object> content = PlainValues.mapOf(Map.of());
		roots().forEach((root, stored) -> content.put(root, PlainValues.of(stored)));
		return content;
	}

	/**
	 * Compare what this view may read: the roots are read as a whole, so a contract has
	 * to cover them.
	 */
	@Override
	public List<StateChange> diff(State other) {
		return Snapshot.diff(roots(), other);
	}

	private Map<String, @Nullable Object> roots() {
		Map<String, @Nullable Object> roots = new LinkedHashMap<>();
		for (String root : this.scope.roots()) {
			roots.put(root, read(Path.parse(root)));
		}
		return roots;
	}

}
