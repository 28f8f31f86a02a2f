package io.theus;

import java.lang.reflect.Type;

import io.theus.path.InvalidPathException;
import io.theus.path.Path;

/**
 * A path that knows the type of the value there, parsed once and usually kept in a
 * constant: {@code StatePath<BigDecimal> TOTAL = StatePath.of("domain.total",
 * BigDecimal.class)}.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @param <T> the type of the value
 * @since 0.1.0
 */
public sealed class StatePath<T> permits MapPath {

	private final Path path;

	private final TypeRef<T> type;

	StatePath(Path path, TypeRef<T> type) {
		this.path = path;
		this.type = type;
	}

	/**
	 * Create a typed path.
	 * @param <T> the type of the value
	 * @param path the path as text
	 * @param type the type of the value
	 * @return the typed path
	 * @throws InvalidPathException if the text is not a path
	 */
	public static <T> StatePath<T> of(String path, Class<T> type) {
		return new StatePath<>(Path.parse(path), TypeRef.of(type));
	}

	/**
	 * Create a typed path for a generic type.
	 * @param <T> the type of the value
	 * @param path the path as text
	 * @param type the type of the value
	 * @return the typed path
	 * @throws InvalidPathException if the text is not a path
	 */
	public static <T> StatePath<T> of(String path, TypeRef<T> type) {
		return new StatePath<>(Path.parse(path), type);
	}

	/**
	 * Create a typed path of a parsed path.
	 * @param <T> the type of the value
	 * @param path the path
	 * @param type the type of the value
	 * @return the typed path
	 */
	public static <T> StatePath<T> of(Path path, Type type) {
		return new StatePath<>(path, TypeRef.of(type));
	}

	/**
	 * Return the path.
	 * @return the parsed path
	 */
	public final Path path() {
		return this.path;
	}

	/**
	 * Return the type of the value.
	 * @return the type
	 */
	public final TypeRef<T> type() {
		return this.type;
	}

	@Override
	public final boolean equals(Object other) {
		return other instanceof StatePath<?> typed && this.path.equals(typed.path) && this.type.equals(typed.type);
	}

	@Override
	public final int hashCode() {
		return this.path.hashCode();
	}

	@Override
	public final String toString() {
		return this.path.toString();
	}

}
