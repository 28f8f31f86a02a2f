package io.theus.state;

import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.HeavyDescriptor;
import io.theus.error.Suggestions;
import io.theus.internal.collection.Edit;
import io.theus.internal.collection.PersistentList;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;

/**
 * Navigation in the tree of nested persistent maps, lists and records that paths enter.
 * All functions are pure: a change gives a new tree that shares everything off the path,
 * or the same tree if it changes nothing.
 *
 * @since 0.1.0
 */
public final class StateTree {

	/**
	 * Stands for "nothing is stored there", which is different from null.
	 */
	public static final Object ABSENT = new Object() {

		@Override
		public String toString() {
			return "absent";
		}

	};

	private StateTree() {
	}

	/**
	 * Return what is stored at a path.
	 * @param root the tree
	 * @param path the path
	 * @return the stored value, {@code null} included, or {@link #ABSENT}
	 */
	public static @Nullable Object find(PersistentMap<Object> root, Path path) {
		return find(root, path, 0);
	}

	/**
	 * Return what is stored below a node.
	 * @param node the node to begin at
	 * @param path the path
	 * @param from the first segment to enter
	 * @return the stored value, {@code null} included, or {@link #ABSENT}
	 */
	public static @Nullable Object find(@Nullable Object node, Path path, int from) {
		Object current = node;
		for (int i = from; i < path.length() && current != ABSENT; i++) {
			current = child(current, path.segment(i));
		}
		return current;
	}

	/**
	 * Enter one segment.
	 * @param node a node, {@link #ABSENT} and null included
	 * @param segment the key, component name or list index
	 * @return the child or {@link #ABSENT}
	 */
	@SuppressWarnings("unchecked")
	public static @Nullable Object child(@Nullable Object node, String segment) {
		if (node instanceof PersistentMap<?> map) {
			return ((PersistentMap<Object>) map).find(segment, ABSENT);
		}
		if (node instanceof Record record) {
			RecordShape shape = RecordShape.of(record.getClass());
			int index = shape.indexOf(segment);
			return (index >= 0) ? shape.get(record, index) : ABSENT;
		}
		if (node instanceof List<?> list) {
			int index = index(segment);
			return (index >= 0 && index < list.size()) ? list.get(index) : ABSENT;
		}
		if (node instanceof Map<?, ?> map) {
			return map.containsKey(segment) ? map.get(segment) : ABSENT;
		}
		return ABSENT;
	}

	private static int index(String segment) {
		if (segment.isEmpty() || segment.length() > 9) {
			return -1;
		}
		int index = 0;
		for (int i = 0; i < segment.length(); i++) {
			int digit = segment.charAt(i) - '0';
			if (digit < 0 || digit > 9) {
				return -1;
			}
			index = 10 * index + digit;
		}
		return index;
	}

	/**
	 * Store a value. Missing parents become maps.
	 * @param root the tree
	 * @param path the path
	 * @param value a value that the state accepts, already converted
	 * @param edit the batch that owns the nodes which may be changed in place, or
	 * {@code null}
	 * @return the new tree, the same one if an equal value is stored there already
	 * @throws InvalidWriteException if the path leads through something that cannot be
	 * entered
	 */
	public static PersistentMap<Object> put(PersistentMap<Object> root, Path path, @Nullable Object value,
			@Nullable Edit edit) {
		return asMap(put(root, path, 0, value, edit));
	}

	private static @Nullable Object put(@Nullable Object stored, Path path, int depth, @Nullable Object value,
			@Nullable Edit edit) {
		if (depth == path.length()) {
			return same(stored, value) ? stored : value;
		}
		String segment = path.segment(depth);
		if (stored == ABSENT) {
			return PersistentMap.empty().with(segment, put(ABSENT, path, depth + 1, value, edit), edit);
		}
		Object node = persistent(stored);
		if (node instanceof PersistentMap<?> map && depth == path.length() - 1) {
			Object changed = StateTree.<Object>cast(map).with(segment, value, edit);
			return (changed == map) ? stored : changed;
		}
		Object child = child(node, segment);
		if (node instanceof PersistentMap<?> map) {
			Object changed = put(child, path, depth + 1, value, edit);
			return (changed == child) ? stored : StateTree.<Object>cast(map).withChanged(segment, changed, edit);
		}
		if (child == ABSENT) {
			throw cannotEnter(node, path, depth);
		}
		Object changed = put(child, path, depth + 1, value, edit);
		if (changed == child) {
			return stored;
		}
		return (node instanceof Record record) ? withComponent(record, path, depth, changed)
				: StateTree.<Object>cast((PersistentList<?>) Objects.requireNonNull(node))
					.with(index(segment), changed);
	}

	/**
	 * Delete what is stored at a path.
	 * @param root the tree
	 * @param path the path
	 * @param edit the batch that owns the nodes which may be changed in place, or
	 * {@code null}
	 * @return the new tree, the same one if the path is absent
	 * @throws InvalidWriteException if the path names a component of a record
	 */
	public static PersistentMap<Object> remove(PersistentMap<Object> root, Path path, @Nullable Edit edit) {
		return asMap(remove(root, path, 0, edit));
	}

	/**
	 * Delete what is stored below a node.
	 * @param node the node that the first segments of the path lead to
	 * @param path the path
	 * @param from the first segment to enter
	 * @return the new node, the same one if the path is absent
	 * @throws InvalidWriteException if the path names a component of a record
	 */
	public static @Nullable Object removeBelow(@Nullable Object node, Path path, int from) {
		return remove(node, path, from, null);
	}

	private static @Nullable Object remove(@Nullable Object stored, Path path, int depth, @Nullable Edit edit) {
		String segment = path.segment(depth);
		Object node = persistent(stored);
		Object child = child(node, segment);
		if (child == ABSENT) {
			return stored;
		}
		boolean last = depth == path.length() - 1;
		if (node instanceof PersistentMap<?> map) {
			PersistentMap<Object> typed = cast(map);
			if (last) {
				return typed.without(segment, edit);
			}
			Object changed = remove(child, path, depth + 1, edit);
			return (changed == child) ? stored : typed.withChanged(segment, changed, edit);
		}
		if (node instanceof PersistentList<?> list) {
			PersistentList<Object> typed = cast(list);
			if (last) {
				return typed.without(index(segment));
			}
			Object changed = remove(child, path, depth + 1, edit);
			return (changed == child) ? stored : typed.with(index(segment), changed);
		}
		if (last) {
			throw new InvalidWriteException(path,
					"a component of a record cannot be removed, store null or make the component a map");
		}
		Object changed = remove(child, path, depth + 1, edit);
		return (changed == child) ? stored : withComponent(Objects.requireNonNull(node), path, depth, changed);
	}

	// A record may hold what {@code List.copyOf} and its like made in its constructor;
	// such a collection becomes a persistent one when a write enters it.
	private static @Nullable Object persistent(@Nullable Object node) {
		if (node instanceof PersistentMap<?> || node instanceof PersistentList<?>) {
			return node;
		}
		if (node instanceof List<?> list) {
			return PersistentList.copyOf(list);
		}
		return (node instanceof Map<?, ?> map) ? PersistentMap.copyOf(StateTree.<Object>keyed(map)) : node;
	}

	@SuppressWarnings("unchecked")
	private static <V> Map<String, V> keyed(Map<?, ?> map) {
		return (Map<String, V>) map;
	}

	private static Object withComponent(Object instance, Path path, int depth, @Nullable Object changed) {
		if (isReference(instance)) {
			throw new InvalidWriteException(path,
					"'%s' refers to an array and is replaced as a whole, store another array there"
						.formatted(path.prefix(depth)));
		}
		RecordShape shape = RecordShape.of(instance.getClass());
		@Nullable Object[] values = shape.values(instance);
		values[shape.indexOf(path.segment(depth))] = changed;
		try {
			return shape.create(values);
		}
		catch (InvocationTargetException ex) {
			throw new RecordConstructionException(path, shape.type(), ex.getCause());
		}
	}

	private static InvalidWriteException cannotEnter(@Nullable Object node, Path path, int depth) {
		Path above = path.prefix(depth);
		String segment = path.segment(depth);
		if (node instanceof Record record) {
			return new InvalidWriteException(path,
					"record '%s' at '%s' has no component '%s'%s".formatted(record.getClass().getSimpleName(), above,
							segment, Suggestions.didYouMean(segment, RecordShape.of(record.getClass()).names())));
		}
		if (node instanceof PersistentList<?> list) {
			return new InvalidWriteException(path,
					"'%s' is no index of the list at '%s', size=%d, use append".formatted(segment, above, list.size()));
		}
		return new InvalidWriteException(path, "'%s' holds %s, which has no parts, replace it as a whole"
			.formatted(above, (node != null) ? "a " + node.getClass().getSimpleName() : "null"));
	}

	/**
	 * Return whether two stored values count as equal: identical, or equal by
	 * {@link Object#equals(Object)}.
	 * @param a a stored value or {@link #ABSENT}
	 * @param b a stored value or {@link #ABSENT}
	 * @return whether replacing one by the other is no change
	 */
	public static boolean same(@Nullable Object a, @Nullable Object b) {
		return a == b || (a != null && a != ABSENT && b != ABSENT && a.equals(b));
	}

	/**
	 * Return the names of the children of a node.
	 * @param node a stored value or {@link #ABSENT}
	 * @return the keys of a map or components of a record, else none
	 */
	public static Set<String> keys(@Nullable Object node) {
		if (node instanceof Map<?, ?> map) {
			return StateTree.<Object>keyed(map).keySet();
		}
		return (node instanceof Record record) ? RecordShape.of(record.getClass()).nameSet() : Set.of();
	}

	/**
	 * Return the number of children of a node.
	 * @param node a stored value or {@link #ABSENT}
	 * @return the number of entries, elements or components, 0 for a scalar
	 */
	public static int size(@Nullable Object node) {
		if (node instanceof Map<?, ?> map) {
			return map.size();
		}
		if (node instanceof Collection<?> collection) {
			return collection.size();
		}
		return (node instanceof Record record) ? RecordShape.of(record.getClass()).names().size() : 0;
	}

	/**
	 * Return whether a node has parts that count as one unit with it when it is read as a
	 * whole.
	 * @param node a stored value or {@link #ABSENT}
	 * @return whether it is a map, list, set or record
	 */
	public static boolean isContainer(@Nullable Object node) {
		return node instanceof Map<?, ?> || node instanceof Record || node instanceof Collection<?>;
	}

	/**
	 * Return whether a node refers to an array: it has components, but is replaced as a
	 * whole.
	 * @param node a stored value
	 * @return whether it is a descriptor
	 */
	static boolean isReference(@Nullable Object node) {
		return node instanceof HeavyDescriptor;
	}

	@SuppressWarnings("unchecked")
	static PersistentMap<Object> asMap(@Nullable Object node) {
		return (PersistentMap<Object>) Objects.requireNonNull(node);
	}

	@SuppressWarnings("unchecked")
	private static <V> PersistentMap<V> cast(PersistentMap<?> map) {
		return (PersistentMap<V>) map;
	}

	@SuppressWarnings("unchecked")
	private static <V> PersistentList<V> cast(PersistentList<?> list) {
		return (PersistentList<V>) list;
	}

}
