package io.theus;

import java.util.Optional;
import java.util.Set;

/**
 * Reads one consistent version of the state. Nothing obtained here can be used to change
 * the state: maps, lists and sets are read-only at any depth and are never copied.
 * <p>
 * Every read exists for paths as text and for typed paths. Numbers convert losslessly
 * ({@code Integer} to {@code Long}, any exact number to {@code BigDecimal}); a lossy
 * conversion and any other mismatch of types is an {@code IncompatibleValueException}.
 *
 * @since 0.1.0
 */
public interface StateReader {

	/**
	 * Read a value that must be present.
	 * @param path the path
	 * @return the value, {@code null} if null is stored
	 * @throws io.theus.path.InvalidPathException if the text is not a path; a
	 * {@code NoSuchPathException} if nothing is stored there
	 */
	Object get(String path);

	/**
	 * Read a value that must be present as a given type.
	 * @param <T> the type
	 * @param path the path
	 * @param type the type wanted
	 * @return the value, {@code null} if null is stored
	 */
	<T> T get(String path, Class<T> type);

	/**
	 * Read a value that must be present as a generic type.
	 * @param <T> the type
	 * @param path the path
	 * @param type the type wanted
	 * @return the value, {@code null} if null is stored
	 */
	<T> T get(String path, TypeRef<T> type);

	/**
	 * Read a value that must be present.
	 * @param <T> the type
	 * @param path the typed path
	 * @return the value, {@code null} if null is stored
	 */
	<T> T get(StatePath<T> path);

	/**
	 * Read the entry of a map that must be present.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the typed path of the map
	 * @param key the key
	 * @return the value, {@code null} if null is stored
	 */
	default <K, V> V get(MapPath<K, V> path, K key) {
		return get(path.at(key));
	}

	/**
	 * Read a value that may be absent.
	 * @param path the path
	 * @return the value, empty if it is absent or null is stored
	 */
	Optional<Object> find(String path);

	/**
	 * Read a value that may be absent as a given type.
	 * @param <T> the type
	 * @param path the path
	 * @param type the type wanted
	 * @return the value, empty if it is absent or null is stored
	 */
	<T> Optional<T> find(String path, Class<T> type);

	/**
	 * Read a value that may be absent as a generic type.
	 * @param <T> the type
	 * @param path the path
	 * @param type the type wanted
	 * @return the value, empty if it is absent or null is stored
	 */
	<T> Optional<T> find(String path, TypeRef<T> type);

	/**
	 * Read a value that may be absent.
	 * @param <T> the type
	 * @param path the typed path
	 * @return the value, empty if it is absent or null is stored
	 */
	<T> Optional<T> find(StatePath<T> path);

	/**
	 * Read the entry of a map that may be absent.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the typed path of the map
	 * @param key the key
	 * @return the value, empty if it is absent or null is stored
	 */
	default <K, V> Optional<V> find(MapPath<K, V> path, K key) {
		return find(path.at(key));
	}

	/**
	 * Read a value or use another one when it is absent.
	 * @param <T> the type
	 * @param path the path
	 * @param fallback the value for an absent path, whose class is the type wanted
	 * @return the stored value or the fallback
	 */
	<T> T getOrDefault(String path, T fallback);

	/**
	 * Read a value or use another one when it is absent.
	 * @param <T> the type
	 * @param path the typed path
	 * @param fallback the value for an absent path
	 * @return the stored value or the fallback
	 */
	<T> T getOrDefault(StatePath<T> path, T fallback);

	/**
	 * Read the entry of a map or use another value when it is absent.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the typed path of the map
	 * @param key the key
	 * @param fallback the value for an absent key
	 * @return the stored value or the fallback
	 */
	default <K, V> V getOrDefault(MapPath<K, V> path, K key, V fallback) {
		return getOrDefault(path.at(key), fallback);
	}

	/**
	 * Return whether something is stored at a path, null included.
	 * @param path the path
	 * @return whether the path is present
	 */
	boolean contains(String path);

	/**
	 * Return whether something is stored at a path, null included.
	 * @param path the typed path
	 * @return whether the path is present
	 */
	boolean contains(StatePath<?> path);

	/**
	 * Return whether a map has a key.
	 * @param <K> the type of the keys
	 * @param path the typed path of the map
	 * @param key the key
	 * @return whether the key is present
	 */
	default <K> boolean contains(MapPath<K, ?> path, K key) {
		return contains(path.at(key));
	}

	/**
	 * Return the keys of a map or the component names of a record. This counts as reading
	 * the map as a whole.
	 * @param path the path of a map or record
	 * @return the keys in no particular order, empty if the path is absent
	 */
	Set<String> keys(String path);

	/**
	 * Return the keys of a map.
	 * @param <K> the type of the keys
	 * @param path the typed path of the map
	 * @return the keys in no particular order, empty if the path is absent
	 */
	<K> Set<K> keys(MapPath<K, ?> path);

	/**
	 * Return the number of entries, elements or components. This counts as reading the
	 * node as a whole.
	 * @param path the path of a map, list, set or record
	 * @return the size, 0 if the path is absent
	 */
	int size(String path);

	/**
	 * Return the number of entries, elements or components.
	 * @param path the typed path
	 * @return the size, 0 if the path is absent
	 */
	int size(StatePath<?> path);

}
