package io.theus.expression;

import org.jspecify.annotations.Nullable;

/**
 * A value that is entered lazily: a chain such as {@code domain.orders['o-1'].total} asks
 * for one member after the other, and only the last one for its value. The owner so
 * learns which path an expression touches.
 *
 * @since 0.1.0
 */
public interface Navigable {

	/**
	 * Return a member.
	 * @param key a {@link String}, or a {@link Long} if the key was an integer; a map
	 * takes an integer as text, a list counts a negative one from its end
	 * @return the member, itself a {@link Navigable} or any other value; {@code null} if
	 * it is absent
	 */
	@Nullable Object member(Object key);

	/**
	 * Return the whole value, for operators and functions.
	 * @return the value, not a {@link Navigable}; {@code null} if it is absent
	 */
	@Nullable Object value();

}
