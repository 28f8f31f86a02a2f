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
	 * one element. Where {@link Merging#APPEND} is declared for the path, and in logs,
	 * this never conflicts with its like.
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

	/**
	 * Add to a number; an absent path counts as nothing. Unlike an update this does not
	 * depend on what is stored: where {@link Merging#SUM} is declared for the path,
	 * transactions that add commit side by side.
	 * @param path the path of a number
	 * @param amount what to add, in a type that converts to the stored one without loss
	 */
	void add(String path, Number amount);

	/**
	 * Add to a number.
	 * @param <T> the type
	 * @param path the typed path
	 * @param amount what to add
	 */
	<T extends Number> void add(StatePath<T> path, T amount);

	/**
	 * Add to the number that is the entry of a map.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the typed path of the map
	 * @param key the key
	 * @param amount what to add
	 */
	default <K, V extends Number> void add(MapPath<K, V> path, K key, V amount) {
		add(path.at(key), amount);
	}

	/**
	 * Store a value if it is greater than the stored one, or if there is none. Where
	 * {@link Merging#MAX} is declared for the path, this never conflicts with its like.
	 * @param path the path of a value with an order
	 * @param value the value
	 */
	void max(String path, Comparable<?> value);

	/**
	 * Store a value if it is greater than the stored one.
	 * @param <T> the type
	 * @param path the typed path
	 * @param value the value
	 */
	<T extends Comparable<? super T>> void max(StatePath<T> path, T value);

	/**
	 * Store a value if it is less than the stored one, or if there is none. Where
	 * {@link Merging#MIN} is declared for the path, this never conflicts with its like.
	 * @param path the path of a value with an order
	 * @param value the value
	 */
	void min(String path, Comparable<?> value);

	/**
	 * Store a value if it is less than the stored one.
	 * @param <T> the type
	 * @param path the typed path
	 * @param value the value
	 */
	<T extends Comparable<? super T>> void min(StatePath<T> path, T value);

	/**
	 * Add elements to a set; an absent path counts as an empty one. Where
	 * {@link Merging#UNION} is declared for the path, this never conflicts with its like.
	 * @param path the path of a set
	 * @param elements accepted values
	 */
	void union(String path, Collection<?> elements);

	/**
	 * Add elements to a set.
	 * @param <E> the type of the elements
	 * @param path the typed path of the set
	 * @param elements accepted values
	 */
	<E> void union(StatePath<? extends Collection<E>> path, Collection<? extends E> elements);

	/**
	 * Bring something along for the application's own {@link MergeRule}, which must be
	 * declared for the path.
	 * @param path the path
	 * @param operand an accepted value
	 */
	void combine(String path, Object operand);

	/**
	 * Bring something along for the application's own {@link MergeRule}.
	 * @param path the typed path
	 * @param operand an accepted value
	 */
	void combine(StatePath<?> path, Object operand);

}
