package io.theus.internal.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.Edit;
import io.theus.internal.collection.PersistentList;
import io.theus.internal.collection.PersistentMap;
import io.theus.internal.collection.PersistentSet;

/**
 * The classes of maps, lists and sets that are kept. All others become the unmodifiable
 * kind of their interface.
 */
enum CollectionKind {

	PERSISTENT_MAP(PersistentMap.class), HASH_MAP(HashMap.class), LINKED_MAP(LinkedHashMap.class),
	TREE_MAP(TreeMap.class), OTHER_MAP(null), PERSISTENT_LIST(PersistentList.class), ARRAY_LIST(ArrayList.class),
	OTHER_LIST(null), PERSISTENT_SET(PersistentSet.class), HASH_SET(HashSet.class), LINKED_SET(LinkedHashSet.class),
	TREE_SET(TreeSet.class), OTHER_SET(null);

	// values() copies
	private static final List<CollectionKind> ALL = List.of(values());

	private static final Map<Class<?>, CollectionKind> BY_CLASS = new HashMap<>();

	static {
		for (CollectionKind kind : ALL) {
			if (kind.type != null) {
				BY_CLASS.put(kind.type, kind);
			}
		}
	}

	private final @Nullable Class<?> type;

	CollectionKind(@Nullable Class<?> type) {
		this.type = type;
	}

	static CollectionKind at(int code) {
		if (code >= ALL.size()) {
			throw new CodecException("unknown kind of collection: kind=" + code, null);
		}
		return ALL.get(code);
	}

	int code() {
		return ALL.indexOf(this);
	}

	static @Nullable CollectionKind of(Object value) {
		CollectionKind known = BY_CLASS.get(value.getClass());
		if (known != null) {
			return known;
		}
		if (value instanceof Map<?, ?>) {
			return OTHER_MAP;
		}
		if (value instanceof List<?>) {
			return OTHER_LIST;
		}
		return (value instanceof Set<?>) ? OTHER_SET : null;
	}

	boolean isSorted() {
		return this == TREE_MAP || this == TREE_SET;
	}

	@SuppressWarnings("unchecked")
	Map<Object, Object> map(@Nullable Object comparator, int size, EntrySource entries) {
		if (this == PERSISTENT_MAP) {
			PersistentMap<Object> map = PersistentMap.empty();
			Edit edit = new Edit();
			for (int i = 0; i < size; i++) {
				String key = Objects.requireNonNull((String) entries.next());
				map = map.with(key, entries.next(), edit);
			}
			return (Map<Object, Object>) (Map<?, ?>) map;
		}
		Map<Object, Object> map = switch (this) {
			case HASH_MAP -> new HashMap<>();
			case LINKED_MAP, OTHER_MAP -> new LinkedHashMap<>();
			case TREE_MAP -> new TreeMap<>((Comparator<Object>) comparator);
			default -> throw new CodecException("a map is of another kind: kind=" + this, null);
		};
		for (int i = 0; i < size; i++) {
			map.put(entries.next(), entries.next());
		}
		return (this == OTHER_MAP) ? Collections.unmodifiableMap(map) : map;
	}

	@SuppressWarnings("unchecked")
	Collection<Object> collection(@Nullable Object comparator, int size, EntrySource elements) {
		Collection<Object> collection = switch (this) {
			case ARRAY_LIST, OTHER_LIST, PERSISTENT_LIST -> new ArrayList<>();
			case HASH_SET -> new HashSet<>();
			case LINKED_SET, OTHER_SET, PERSISTENT_SET -> new LinkedHashSet<>();
			case TREE_SET -> new TreeSet<>((Comparator<Object>) comparator);
			default -> throw new CodecException("a collection is of another kind: kind=" + this, null);
		};
		for (int i = 0; i < size; i++) {
			collection.add(elements.next());
		}
		return switch (this) {
			case PERSISTENT_LIST -> PersistentList.copyOf(collection);
			case OTHER_LIST -> Collections.unmodifiableList((List<Object>) collection);
			case PERSISTENT_SET -> (Collection<Object>) (Collection<?>) PersistentSet.copyOf(collection);
			case OTHER_SET -> Collections.unmodifiableSet((Set<Object>) collection);
			default -> collection;
		};
	}

	/** Gives one value after the other. */
	@FunctionalInterface
	interface EntrySource {

		@Nullable Object next();

	}

}
