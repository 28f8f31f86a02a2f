package io.theus.audit.recipe;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Navigable;
import io.theus.expression.Scope;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.state.StateTree;

/**
 * What the expressions of a rule see: the value, the arguments, and the state that the
 * call begins with or would leave behind.
 */
final class ValueScope implements Scope {

	static final String VALUE = "value";

	static final Set<String> LAYERS = Set.of("domain", "global", "log", "meta");

	private final Map<String, Integer> parameters;

	private final AuditCall call;

	private final @Nullable PersistentMap<Object> after;

	private final @Nullable Object value;

	ValueScope(Map<String, Integer> parameters, AuditCall call, @Nullable PersistentMap<Object> after,
			@Nullable Object value) {
		this.parameters = parameters;
		this.call = call;
		this.after = after;
		this.value = value;
	}

	ValueScope of(Object newValue) {
		return new ValueScope(this.parameters, this.call, this.after, newValue);
	}

	@Override
	public @Nullable Object resolve(String root) {
		if (this.value != null && root.equals(VALUE)) {
			return this.value;
		}
		Integer parameter = this.parameters.get(root);
		if (parameter != null) {
			return ArgumentPlace.unwrapped(this.call.argument(parameter));
		}
		if (this.after != null) {
			return presentOrNull(this.after.find(root, StateTree.ABSENT));
		}
		return new Place(this.call, Path.parse(root));
	}

	private static @Nullable Object presentOrNull(@Nullable Object found) {
		return (found != StateTree.ABSENT) ? found : null;
	}

	/**
	 * A place in the state that the call begins with. It reads just what is asked for, so
	 * that the attempt depends on nothing else.
	 *
	 * @param call reads
	 * @param path where
	 */
	private record Place(AuditCall call, Path path) implements Navigable {

		@Override
		public @Nullable Object member(Object key) {
			if (key instanceof Long index && index < 0) {
				return (value() instanceof List<?> list && index + list.size() >= 0)
						? list.get((int) (index + list.size())) : null;
			}
			String segment = key.toString();
			return segment.isEmpty() ? null : new Place(this.call, this.path.child(segment));
		}

		@Override
		public @Nullable Object value() {
			return presentOrNull(this.call.read(this.path));
		}

	}

}
