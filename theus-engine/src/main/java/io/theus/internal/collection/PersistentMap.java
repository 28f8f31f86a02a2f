package io.theus.internal.collection;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * An immutable map from text to values. A value may be {@code null}, which is not the
 * same as being absent; a key may not.
 *
 * <p>
 * {@link #with}, {@link #without} and {@link #find} cost a walk of at most seven nodes,
 * about log<sub>32</sub> n of them. {@code with} and {@code without} answer this very map
 * when they have nothing to change, so that {@code ==} tells whether they had an effect.
 * As a {@link Map} it is read-only: all mutators of that interface, of its views, entries
 * and iterators throw {@link UnsupportedOperationException}.
 *
 * <p>
 * Iteration is in no specified order; two equal maps may differ in it. Keys of equal
 * {@link String#hashCode()} are searched one after the other.
 *
 * <p>
 * Safe for use by several threads. A map that was made without an {@link Edit} may be
 * published in any way, one that was made with an edit needs to be published by a
 * volatile write or under a lock, after the edit was forgotten. The algorithm is CHAMP
 * (Steindorfer and Vinju, OOPSLA 2015).
 *
 * @param <V> the type of the values
 * @since 0.1.0
 */
public final class PersistentMap<V> extends ReadOnlyMap<V> {

	private static final PersistentMap<?> EMPTY = new PersistentMap<>(TrieNode.EMPTY, 0);

	final TrieNode root;

	private final int size;

	private PersistentMap(TrieNode root, int size) {
		this.root = root;
		this.size = size;
	}

	/**
	 * Return the map without entries.
	 * @param <V> the type of the values
	 * @return the empty map
	 */
	@SuppressWarnings("unchecked")
	public static <V> PersistentMap<V> empty() {
		return (PersistentMap<V>) EMPTY;
	}

	/**
	 * Return a map with the entries of another one.
	 * @param <V> the type of the values
	 * @param map the entries, no key {@code null}
	 * @return a map that is equal to the given one, and is that one if it is persistent
	 * @throws NullPointerException if a key is {@code null}
	 */
	@SuppressWarnings("unchecked")
	public static <V> PersistentMap<V> copyOf(Map<String, ? extends @Nullable V> map) {
		if (map instanceof PersistentMap<?> persistent) {
			return (PersistentMap<V>) persistent;
		}
		PersistentMap<V> copy = empty();
		Edit edit = new Edit();
		for (Map.Entry<String, ? extends @Nullable V> entry : map.entrySet()) {
			copy = copy.with(entry.getKey(), entry.getValue(), edit);
		}
		return copy;
	}

	/**
	 * Tell a visitor what differs between two maps. The cost is that of the differences:
	 * what the maps share is not looked at.
	 * @param <V> the type of the values
	 * @param before the earlier map
	 * @param after the later map
	 * @param visitor what to tell
	 */
	public static <V> void diff(PersistentMap<? extends V> before, PersistentMap<? extends V> after,
			DiffVisitor<? super V> visitor) {
		new TrieDiff<V>(before.root, after.root, visitor).run();
	}

	/**
	 * Look a key up once, even when it matters whether it is there.
	 * @param key the key
	 * @param absent what to answer when there is no such key, usually an object that is
	 * no value
	 * @return the value, or {@code absent}
	 */
	public @Nullable Object find(String key, @Nullable Object absent) {
		return this.root.find(hash(key), key, absent);
	}

	/**
	 * Store a value.
	 * @param key the key
	 * @param value the value, may be {@code null}
	 * @return a map with that entry; this map if the stored value is equal, which then
	 * stays
	 */
	public PersistentMap<V> with(String key, @Nullable V value) {
		return with(key, value, null);
	}

	/**
	 * Store a value as part of a batch.
	 * @param key the key
	 * @param value the value, may be {@code null}
	 * @param edit the batch, {@code null} if there is none
	 * @return a map with that entry; this map if the stored value is equal, which then
	 * stays
	 */
	public PersistentMap<V> with(String key, @Nullable V value, @Nullable Edit edit) {
		TrieWrite write = TrieWrite.set(hash(key), key, value, edit);
		return result(this.root.with(write, 0), write);
	}

	/**
	 * Store a value that is known to differ from the one stored, such as a map that was
	 * just written to and is now put back into the map that contains it. Values are not
	 * compared, which in a tree of maps would be done at every level; and under an edit,
	 * where the stored map may have been changed in place, comparing would find no
	 * difference.
	 * @param key the key
	 * @param value the value, may be {@code null}
	 * @param edit the batch, {@code null} if there is none
	 * @return a map with that entry; this map if this very value is stored
	 */
	public PersistentMap<V> withChanged(String key, @Nullable V value, @Nullable Edit edit) {
		int hash = hash(key);
		Object stored = this.root.find(hash, key, TrieNode.ABSENT);
		if (stored == TrieNode.ABSENT) {
			return with(key, value, edit);
		}
		return (stored == value) ? this : new PersistentMap<>(this.root.replace(hash, 0, key, value, edit), this.size);
	}

	/**
	 * Remove a key.
	 * @param key the key
	 * @return a map without that key; this map if there is no such key
	 */
	public PersistentMap<V> without(String key) {
		return without(key, null);
	}

	/**
	 * Remove a key as part of a batch.
	 * @param key the key
	 * @param edit the batch, {@code null} if there is none
	 * @return a map without that key; this map if there is no such key
	 */
	public PersistentMap<V> without(String key, @Nullable Edit edit) {
		TrieWrite write = TrieWrite.remove(hash(key), key, edit);
		return result(this.root.without(write, 0), write);
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public boolean isEmpty() {
		return this.size == 0;
	}

	@Override
	public @Nullable V get(@Nullable Object key) {
		return getOrDefault(key, null);
	}

	@Override
	@SuppressWarnings("unchecked")
	public @Nullable V getOrDefault(@Nullable Object key, @Nullable V defaultValue) {
		return (key instanceof String text) ? (V) find(text, defaultValue) : defaultValue;
	}

	@Override
	public boolean containsKey(@Nullable Object key) {
		return key instanceof String text && find(text, TrieNode.ABSENT) != TrieNode.ABSENT;
	}

	@Override
	public boolean containsValue(@Nullable Object value) {
		return values().contains(value);
	}

	@Override
	@SuppressWarnings("unchecked")
	public void forEach(BiConsumer<? super String, ? super @Nullable V> action) {
		this.root.forEach((key, value) -> action.accept((String) key, (V) value));
	}

	@Override
	public Set<String> keySet() {
		return new Keys();
	}

	@Override
	public Collection<@Nullable V> values() {
		return new Values();
	}

	@Override
	public Set<Map.Entry<String, @Nullable V>> entrySet() {
		return new Entries();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		if (other instanceof PersistentMap<?> map) {
			return this.size == map.size && this.root.sameEntries(map.root);
		}
		return other instanceof Map<?, ?> map && this.size == map.size() && hasAll(map);
	}

	@Override
	public int hashCode() {
		return entrySet().hashCode();
	}

	@Override
	public String toString() {
		return entrySet().stream().map(Object::toString).collect(Collectors.joining(", ", "{", "}"));
	}

	// Refuses null, unlike the trie
	private static int hash(String key) {
		return TrieNode.spread(key.hashCode());
	}

	private PersistentMap<V> result(TrieNode root, TrieWrite write) {
		return write.effective ? new PersistentMap<>(root, this.size + write.growth) : this;
	}

	private boolean hasAll(Map<?, ?> map) {
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (!has(entry)) {
				return false;
			}
		}
		return true;
	}

	private boolean has(Map.Entry<?, ?> entry) {
		return entry.getKey() instanceof String key && TrieNode.same(entry.getValue(), find(key, TrieNode.ABSENT));
	}

	/**
	 * The keys, as a view.
	 */
	private final class Keys extends ReadOnlySet<String> {

		@Override
		ReadOnly kind() {
			return ReadOnly.MAP;
		}

		@Override
		public int size() {
			return PersistentMap.this.size;
		}

		@Override
		public boolean contains(@Nullable Object key) {
			return containsKey(key);
		}

		@Override
		public Iterator<String> iterator() {
			return new TrieIterator.Keys<>(PersistentMap.this.root, ReadOnly.MAP);
		}

	}

	/**
	 * The entries, as a view.
	 */
	private final class Entries extends ReadOnlySet<Map.Entry<String, @Nullable V>> {

		@Override
		ReadOnly kind() {
			return ReadOnly.MAP;
		}

		@Override
		public int size() {
			return PersistentMap.this.size;
		}

		@Override
		public boolean contains(@Nullable Object entry) {
			return entry instanceof Map.Entry<?, ?> candidate && has(candidate);
		}

		@Override
		public Iterator<Map.Entry<String, @Nullable V>> iterator() {
			return new TrieIterator.Entries<>(PersistentMap.this.root);
		}

	}

	/**
	 * The values, as a view.
	 */
	private final class Values extends ReadOnlyCollection<@Nullable V> {

		@Override
		ReadOnly kind() {
			return ReadOnly.MAP;
		}

		@Override
		public int size() {
			return PersistentMap.this.size;
		}

		@Override
		public Iterator<@Nullable V> iterator() {
			return new TrieIterator.Values<>(PersistentMap.this.root);
		}

	}

}
