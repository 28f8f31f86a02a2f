package io.theus;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.path.InvalidPathException;
import io.theus.path.Path;

/**
 * The typed path of a map, which leads on to its entries: {@code ACCOUNTS.at("alice")}.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @param <K> the type of the keys: text, an integer type, an enum or UUID
 * @param <V> the type of the values
 * @since 0.1.0
 */
public final class MapPath<K, V> extends StatePath<Map<K, V>> {

	private final Type keyType;

	private final TypeRef<V> valueType;

	private MapPath(Path path, Type keyType, TypeRef<V> valueType) {
		super(path, TypeRef.of(new MapType(keyType, valueType.type())));
		this.keyType = keyType;
		this.valueType = valueType;
	}

	/**
	 * Create the typed path of a map.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the path as text
	 * @param keyType the type of the keys
	 * @param valueType the type of the values
	 * @return the typed path
	 * @throws InvalidPathException if the text is not a path
	 */
	public static <K, V> MapPath<K, V> of(String path, Class<K> keyType, Class<V> valueType) {
		return new MapPath<>(Path.parse(path), keyType, TypeRef.of(valueType));
	}

	/**
	 * Create the typed path of a map with values of a generic type.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param path the path as text
	 * @param keyType the type of the keys
	 * @param valueType the type of the values
	 * @return the typed path
	 * @throws InvalidPathException if the text is not a path
	 */
	public static <K, V> MapPath<K, V> of(String path, Class<K> keyType, TypeRef<V> valueType) {
		return new MapPath<>(Path.parse(path), keyType, valueType);
	}

	/**
	 * Return the type of the keys.
	 * @return the type
	 */
	public Type keyType() {
		return this.keyType;
	}

	/**
	 * Return the typed path of one entry.
	 * @param key the key, taken as one literal segment
	 * @return the path of the value under that key
	 * @throws InvalidPathException if the key is null, empty or of a type that cannot be
	 * a key
	 */
	public StatePath<V> at(K key) {
		return new StatePath<>(path().child(key), this.valueType);
	}

	/**
	 * {@code Map<K, V>} as a type object.
	 */
	private record MapType(Type key, Type value) implements ParameterizedType {

		@Override
		public Type[] getActualTypeArguments() {
			return new Type[] { this.key, this.value };
		}

		@Override
		public Type getRawType() {
			return Map.class;
		}

		@Override
		public @Nullable Type getOwnerType() {
			return null;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof ParameterizedType type && Map.class.equals(type.getRawType())
					&& Arrays.equals(getActualTypeArguments(), type.getActualTypeArguments());
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(getActualTypeArguments()) ^ Objects.hashCode(getOwnerType()) ^ Map.class.hashCode();
		}

		@Override
		public String toString() {
			return "Map<" + this.key.getTypeName() + ", " + this.value.getTypeName() + ">";
		}

	}

}
