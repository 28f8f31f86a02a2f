package io.theus.process;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;

/**
 * Turns arguments, by position or by name, into the values of all parameters, converted
 * where nothing is lost.
 */
final class Arguments {

	private static final Map<Class<?>, Class<?>> PRIMITIVES = Map.of(Boolean.class, boolean.class, Byte.class,
			byte.class, Short.class, short.class, Integer.class, int.class, Long.class, long.class, Float.class,
			float.class, Double.class, double.class, Character.class, char.class);

	private Arguments() {
	}

	static @Nullable Object[] positional(ProcessDefinition process, @Nullable Object[] given) {
		if (given.length != process.arguments().size()) {
			List<String> names = process.argumentNames();
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
		List<String> names = process.argumentNames();
		for (String name : given.keySet()) {
			if (!names.contains(name)) {
				throw unknown(process, name, names);
			}
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
		throw unknown(process, name, process.argumentNames());
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

	private static @Nullable Object convert(ProcessDefinition process, Parameter parameter, @Nullable Object value) {
		Type type = parameter.type();
		if (value != null && type instanceof Class<?> plain && isInstance(value, plain)) {
			return value;
		}
		if (value == null && type instanceof Class<?> plain && plain.isPrimitive()) {
			throw new InvalidArgumentException(process.id(), parameter.name(),
					"null is no %s, pass a value".formatted(plain));
		}
		if (value instanceof Optional<?> given && parameter.optional()) {
			return convert(process, parameter, given.orElse(null));
		}
		return new ArgumentConversion(process, parameter).convert(value);
	}

	private static boolean isInstance(Object value, Class<?> type) {
		return type.isPrimitive() ? PRIMITIVES.get(value.getClass()) == type : type.isInstance(value);
	}

}
