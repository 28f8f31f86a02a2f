package io.theus.spring.outbox;

import org.jspecify.annotations.Nullable;

/**
 * Hides parts of what a message says from those who read logs.
 *
 * <p>
 * Implementations must be safe for use by several threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Masking {

	/**
	 * Hides nothing.
	 */
	Masking NONE = (key, value) -> value;

	/**
	 * Return what is shown of a value.
	 * @param key what it belongs to: {@code key}, the name of a header, or the topic,
	 * followed within JSON by the names that lead to it, as in {@code orders.card.number}
	 * @param value text, a number or a boolean value
	 * @return the value or what stands in for it
	 */
	@Nullable Object mask(String key, @Nullable Object value);

}
