package io.theus.process;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.path.Path;
import io.theus.state.IncompatibleValueException;
import io.theus.state.TypedReads;

/**
 * Turns arguments, by position or by name, into the values of all parameters, converted
 * where nothing is lost: numbers, and text to enums, numbers of exact types, UUIDs and
 * dates.
 */
final class Arguments {

	private static final Path NOWHERE = Path.parse("local.argument");

	private Arguments() {
	}

	static @Nullable Object[] positional(ProcessDefinition process, @Nullable Object[] given) {
		if (given.length != process.arguments().size()) {
			List<String> names = names(process);
			String subject = (given.length < names.size()) ? names.get(given.length) : "#" + (names.size() + 1);
			throw new InvalidArgumentException(process.id(), subject,
					"the process takes other arguments, expected=%s given=%d".formatted(names, given.length));
		}
		@Nullable Object[] values = new Object[process.parameters().size()];
		int next = 0;
		for (int i = 0; i < values.length; i++) {
			Parameter parameter = process.parameters().get(i);
			if (parameter.kind() == Parameter.Kind.ARGUMENT) {
				values[i] = convert(process, parameter, given[next++]);
			}
		}
		return values;
	}

	static @Nullable Object[] named(ProcessDefinition process, Map<String, ?> given) {
		List<String> names = names(process);
		Set<String> unknown = new LinkedHashSet<>(given.keySet());
		names.forEach(unknown::remove);
		for (String name : unknown) {
			throw unknown(process, name, names);
		}
		@Nullable Object[] values = new Object[process.parameters().size()];
		for (int i = 0; i < values.length; i++) {
			Parameter parameter = process.parameters().get(i);
			if (parameter.kind() == Parameter.Kind.ARGUMENT) {
				values[i] = argument(process, parameter, given, names);
			}
		}
		return values;
	}

	private static InvalidArgumentException unknown(ProcessDefinition process, String name, List<String> names) {
		return new InvalidArgumentException(process.id(), name, "the process has no such argument%s, expected=%s"
			.formatted(Suggestions.didYouMean(name, names), names));
	}

	static void check(ProcessDefinition process, String name, @Nullable Object value) {
		for (Parameter parameter : process.arguments()) {
			if (parameter.name().equals(name)) {
				convert(process, parameter, value);
				return;
			}
		}
		throw unknown(process, name, names(process));
	}

	private static @Nullable Object argument(ProcessDefinition process, Parameter parameter, Map<String, ?> given,
			List<String> names) {
		if (!given.containsKey(parameter.name())) {
			if (parameter.optional()) {
				return convert(process, parameter, null);
			}
			throw new InvalidArgumentException(process.id(), parameter.name(),
					"it is missing, expected=%s".formatted(names));
		}
		return convert(process, parameter, given.get(parameter.name()));
	}

	private static List<String> names(ProcessDefinition process) {
		return process.arguments().stream().map(Parameter::name).toList();
	}

	private static @Nullable Object convert(ProcessDefinition process, Parameter parameter, @Nullable Object value) {
		Type type = parameter.type();
		if (value == null && type instanceof Class<?> plain && plain.isPrimitive()) {
			throw new InvalidArgumentException(process.id(), parameter.name(),
					"null is no %s, pass a value".formatted(plain));
		}
		if (value instanceof String text && type instanceof Class<?> plain && plain != String.class) {
			Object parsed = parse(text, plain);
			if (parsed != null) {
				return parsed;
			}
		}
		if (value instanceof Optional<?> given && parameter.optional()) {
			return convert(process, parameter, given.orElse(null));
		}
		try {
			return TypedReads.convert(NOWHERE, value, type);
		}
		catch (IncompatibleValueException ex) {
			throw new InvalidArgumentException(process.id(), parameter.name(),
					"the type does not fit, expected=%s actual=%s".formatted(type.getTypeName(),
							(value != null) ? value.getClass().getName() : "null"));
		}
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static @Nullable Object parse(String text, Class<?> type) {
		try {
			if (type.isEnum()) {
				return Enum.valueOf((Class) type, text);
			}
			if (type == UUID.class) {
				return UUID.fromString(text);
			}
			if (type == BigDecimal.class) {
				return new BigDecimal(text);
			}
			if (type == BigInteger.class) {
				return new BigInteger(text);
			}
			if (Temporal.class.isAssignableFrom(type) || type == Duration.class) {
				return type.getMethod("parse", CharSequence.class).invoke(null, text);
			}
		}
		catch (ReflectiveOperationException | IllegalArgumentException ex) {
			return null;
		}
		return null;
	}

}
