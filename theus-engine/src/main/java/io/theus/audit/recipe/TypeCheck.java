package io.theus.audit.recipe;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Relations;

/**
 * A value is of a certain type.
 */
enum TypeCheck implements Check {

	/** Text, also a single character. */
	TEXT("text", "string", "str"),

	/** Any number. */
	NUMBER("number"),

	/** A number without a fraction. */
	INTEGER("integer", "int", "long"),

	/** A number of a type that has fractions. */
	DECIMAL("decimal", "float", "double"),

	/** True or false. */
	BOOLEAN("boolean", "bool"),

	/** A map. */
	MAP("map", "dict", "object"),

	/** A list. */
	LIST("list", "array"),

	/** A set. */
	SET("set"),

	/** A record. */
	RECORD("record"),

	/** A constant of an enum. */
	ENUM("enum"),

	/** An identifier. */
	UUID_VALUE("uuid"),

	/** A date without time. */
	DATE("date"),

	/** A time of day. */
	TIME("time"),

	/** A date with time. */
	DATE_TIME("date-time", "datetime"),

	/** A point on the time line. */
	INSTANT("instant", "timestamp"),

	/** A span of time. */
	DURATION("duration");

	// Made by List.of
	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> names;

	TypeCheck(String... names) {
		this.names = List.of(names);
	}

	static @Nullable TypeCheck find(String name) {
		String wanted = name.toLowerCase(Locale.ROOT).replace('_', '-');
		return Arrays.stream(values()).filter((type) -> type.names.contains(wanted)).findFirst().orElse(null);
	}

	static List<String> known() {
		List<String> known = new ArrayList<>();
		Arrays.stream(values()).forEach((type) -> known.add(type.names.get(0)));
		return known;
	}

	@Override
	public String key() {
		return "type";
	}

	@Override
	public Object operand() {
		return this.names.get(0);
	}

	@Override
	public boolean holds(Object value, @Nullable ValueScope scope) {
		return switch (this) {
			case TEXT -> value instanceof CharSequence || value instanceof Character;
			case NUMBER -> Relations.number(value) != null;
			case INTEGER -> value instanceof Long || value instanceof Integer || value instanceof BigInteger
					|| value instanceof Short || value instanceof Byte;
			case DECIMAL -> value instanceof BigDecimal || value instanceof Double || value instanceof Float;
			case BOOLEAN -> value instanceof Boolean;
			case MAP -> value instanceof Map<?, ?>;
			case LIST -> (value instanceof Collection<?> && !(value instanceof Set<?>)) || value.getClass().isArray();
			case SET -> value instanceof Set<?>;
			case RECORD -> value instanceof Record;
			case ENUM -> value instanceof Enum<?>;
			case UUID_VALUE -> value instanceof UUID;
			case DATE -> value instanceof LocalDate;
			case TIME -> value instanceof LocalTime;
			case DATE_TIME ->
				value instanceof LocalDateTime || value instanceof OffsetDateTime || value instanceof ZonedDateTime;
			case INSTANT -> value instanceof Instant;
			case DURATION -> value instanceof Duration;
		};
	}

	@Override
	public String problem(Object value) {
		return "is %s, expected type=%s".formatted(ValueKinds.describe(value), operand());
	}

}
