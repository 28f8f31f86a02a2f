package io.theus;

import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Buffers changes of the state until the transaction commits. A write is checked at once
 * against zone, contract and accepted values; nothing is visible to others before the
 * commit and nothing remains when it fails.
 * <p>
 * Missing parents are created as maps. Storing null is storing null; deleting is
 * {@link #remove(String)}.
 *
 * @since 0.1.0
 */
public interface StateWriter {

	/**
	 * Store a value, whether or not the path is present.
	 * @param path the path
	 * @param value an accepted value: a scalar, a record, or a map, list or set of such
	 */
	void set(String path, @Nullable Object value);

	/**
	 * Store a value.
	 * @param <T> the type
	 * @param path the typed path
	 * @param value an accepted value
	 */
	<T> void set(StatePath<T> path, @Nullable T value);

	/**
	 * Store the entry of a map.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the typed path of the map
	 * @param key the key
	 * @param value an accepted value
	 */
	default <K, V> void set(MapPath<K, V> path, K key, @Nullable V value) {
		set(path.at(key), value);
	}

	/**
	 * Store a value at a path that must be absent; a {@code PathExistsException} if it is
	 * not.
	 * @param path the path
	 * @param value an accepted value
	 */
	void create(String path, @Nullable Object value);

	/**
	 * Store a value at a path that must be absent.
	 * @param <T> the type
	 * @param path the typed path
	 * @param value an accepted value
	 */
	<T> void create(StatePath<T> path, @Nullable T value);

	/**
	 * Store the entry of a map under a key that must be absent.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the typed path of the map
	 * @param key the key
	 * @param value an accepted value
	 */
	default <K, V> void create(MapPath<K, V> path, K key, @Nullable V value) {
		create(path.at(key), value);
	}

	/**
	 * Replace a value by what a function makes of it; the path must be present. This
	 * reads the path.
	 * @param <T> the type
	 * @param path the path
	 * @param type the type of the value
	 * @param change gives the new value for the stored one
	 */
	<T> void update(String path, Class<T> type, UnaryOperator<T> change);

	/**
	 * Replace a value by what a function makes of it; the path must be present.
	 * @param <T> the type
	 * @param path the typed path
	 * @param change gives the new value for the stored one
	 */
	<T> void update(StatePath<T> path, UnaryOperator<T> change);

	/**
	 * Replace the entry of a map by what a function makes of it; the key must be present.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the typed path of the map
	 * @param key the key
	 * @param change gives the new value for the stored one
	 */
	default <K, V> void update(MapPath<K, V> path, K key, UnaryOperator<V> change) {
		update(path.at(key), change);
	}

	/**
	 * Store an initial value when the path is absent, else replace the stored value by
	 * what a function makes of it. This reads the path.
	 * @param <T> the type
	 * @param path the path
	 * @param initial the value for an absent path, whose class is the type of the value
	 * @param change gives the new value for the stored one
	 */
	<T> void upsert(String path, T initial, UnaryOperator<T> change);

	/**
	 * Store an initial value when the path is absent, else replace the stored value.
	 * @param <T> the type
	 * @param path the typed path
	 * @param initial the value for an absent path
	 * @param change gives the new value for the stored one
	 */
	<T> void upsert(StatePath<T> path, T initial, UnaryOperator<T> change);

	/**
	 * Store an initial value under an absent key, else replace the stored value.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the typed path of the map
	 * @param key the key
	 * @param initial the value for an absent key
	 * @param change gives the new value for the stored one
	 */
	default <K, V> void upsert(MapPath<K, V> path, K key, V initial, UnaryOperator<V> change) {
		upsert(path.at(key), initial, change);
	}

	/**
	 * Overlay a map: entries given replace or add, entries not given stay, nested maps
	 * are merged likewise. An absent path counts as an empty map.
	 * @param path the path of a map or record
	 * @param entries the entries to overlay
	 */
	void merge(String path, Map<?, ?> entries);

	/**
	 * Overlay a map.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the typed path of the map
	 * @param entries the entries to overlay
	 */
	<K, V> void merge(MapPath<K, V> path, Map<K, ? extends V> entries);

	/**
	 * Delete a value. Removing an absent path changes nothing.
	 * @param path the path
	 */
	void remove(String path);

	/**
	 * Delete a value.
	 * @param path the typed path
	 */
	void remove(StatePath<?> path);

	/**
	 * Delete the entry of a map.
	 * @param <K> the type of the keys
	 * @param path the typed path of the map
	 * @param key the key
	 */
	default <K> void remove(MapPath<K, ?> path, K key) {
		remove(path.at(key));
	}

	/**
	 * Add an element at the end of a list, or to a set. An absent path becomes a list of
	 * one element.
	 * @param path the path of a list or set
	 * @param element an accepted value
	 */
	void append(String path, @Nullable Object element);

	/**
	 * Add an element at the end of a list, or to a set.
	 * @param <E> the type of the elements
	 * @param path the typed path of the list or set
	 * @param element an accepted value
	 */
	<E> void append(StatePath<? extends Collection<E>> path, @Nullable E element);

}
