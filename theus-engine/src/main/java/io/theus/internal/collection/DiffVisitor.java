package io.theus.internal.collection;

import org.jspecify.annotations.Nullable;

/**
 * Is told what differs between two maps, key by key, in no particular order and each key
 * once.
 *
 * @param <V> the type of the values
 * @since 0.1.0
 * @see PersistentMap#diff
 */
public interface DiffVisitor<V> {

	/**
	 * The key is in the later map only.
	 * @param key the key
	 * @param value its value in the later map
	 */
	void added(String key, @Nullable V value);

	/**
	 * The key is in the earlier map only.
	 * @param key the key
	 * @param value its value in the earlier map
	 */
	void removed(String key, @Nullable V value);

	/**
	 * The key is in both maps, with values that are not equal.
	 * @param key the key
	 * @param before its value in the earlier map
	 * @param after its value in the later map
	 */
	void changed(String key, @Nullable V before, @Nullable V after);

}
