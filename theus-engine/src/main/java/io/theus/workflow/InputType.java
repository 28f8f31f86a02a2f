package io.theus.workflow;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What kind of value an input takes.
 *
 * @since 0.1.0
 */
public enum InputType {

	/**
	 * Text, or what is written as text: a character, an enum, a UUID.
	 */
	TEXT((value) -> value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>
			|| value instanceof UUID, "text", "string", "str"),

	/**
	 * A whole number.
	 */
	INTEGER((value) -> value instanceof Long || value instanceof Integer || value instanceof BigInteger
			|| value instanceof Short || value instanceof Byte, "integer", "int", "long"),

	/**
	 * Any number.
	 */
	NUMBER((value) -> value instanceof Number, "number", "decimal", "float", "double"),

	/**
	 * True or false.
	 */
	BOOLEAN((value) -> value instanceof Boolean, "boolean", "bool"),

	/**
	 * A list.
	 */
	LIST((value) -> value instanceof List<?>, "list", "array"),

	/**
	 * A map or a record.
	 */
	MAP((value) -> value instanceof Map<?, ?> || value instanceof Record, "map", "object", "dict"),

	/**
	 * Any value.
	 */
	ANY((value) -> true, "any");

	// Lambdas without state and an unmodifiable list, which the checker cannot see
	@SuppressWarnings("ImmutableEnumChecker")
	private final Predicate<Object> test;

	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> names;

	InputType(Predicate<Object> test, String... names) {
		this.test = test;
		this.names = List.of(names);
	}

	/**
	 * Return how the type is written in a document.
	 * @return its first name
	 */
	public String key() {
		return this.names.get(0);
	}

	/**
	 * Find a type by the name that it has in a document.
	 * @param name its name, or another one that is usual for it in Java, Python or JSON
	 * Schema
	 * @return the type, empty if there is none
	 */
	public static Optional<InputType> named(String name) {
		return Arrays.stream(values()).filter((type) -> type.names.contains(name)).findFirst();
	}

	boolean accepts(Object value) {
		return this.test.test(value);
	}

}
