package io.theus;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its arguments, for reading generic values: {@code new TypeRef<List<Line>>()
 * { }}.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @param <T> the type
 * @since 0.1.0
 */
public abstract class TypeRef<T> {

	private final Type type;

	/**
	 * Capture the type argument of the anonymous subclass.
	 */
	protected TypeRef() {
		if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
			throw new IllegalStateException("TypeRef needs a type argument, write new TypeRef<List<String>>() { }");
		}
		this.type = parameterized.getActualTypeArguments()[0];
	}

	private TypeRef(Type type) {
		this.type = type;
	}

	/**
	 * Wrap a type that is known as an object.
	 * @param <T> the type
	 * @param type a class, or a parameterised type of List, Set, Map or Optional
	 * @return the reference
	 */
	public static <T> TypeRef<T> of(Type type) {
		return new TypeRef<>(type) {
		};
	}

	/**
	 * Wrap a class.
	 * @param <T> the type
	 * @param type the class
	 * @return the reference
	 */
	public static <T> TypeRef<T> of(Class<T> type) {
		return of((Type) type);
	}

	/**
	 * Return the captured type.
	 * @return the type with its arguments
	 */
	public final Type type() {
		return this.type;
	}

	@Override
	public final boolean equals(Object other) {
		return other instanceof TypeRef<?> ref && this.type.equals(ref.type);
	}

	@Override
	public final int hashCode() {
		return this.type.hashCode();
	}

	@Override
	public final String toString() {
		return this.type.getTypeName();
	}

}
