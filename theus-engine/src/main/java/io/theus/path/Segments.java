package io.theus.path;

import java.math.BigInteger;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Turns the values that may stand for one key into the literal text of a segment: text,
 * integers, enums and UUIDs. A value is never parsed: {@code "a.b"} and {@code "*"} are
 * keys like any other.
 *
 * @since 0.1.0
 */
public final class Segments {

	private Segments() {
	}

	/**
	 * Return whether a text can be a segment without quotes.
	 * @param text the text
	 * @return whether it consists of letters, digits, {@code _} and {@code -}, at least
	 * one of them
	 */
	public static boolean isPlain(String text) {
		return PathTokens.isPlain(text);
	}

	/**
	 * Return the literal segment that a value stands for.
	 * @param value the value
	 * @return its text, or {@code null} if the value is null, empty or of a type that
	 * cannot be a key
	 */
	public static @Nullable String textOf(@Nullable Object value) {
		if (value instanceof String text) {
			return text.isEmpty() ? null : text;
		}
		if (value instanceof Enum<?> constant) {
			return constant.name();
		}
		if (value instanceof Long || value instanceof Integer || value instanceof UUID || value instanceof Short
				|| value instanceof Byte || value instanceof BigInteger || value instanceof Character) {
			return value.toString();
		}
		return null;
	}

}
