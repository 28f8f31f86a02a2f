package io.theus.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.path.Path;
import io.theus.state.IncompatibleValueException;
import io.theus.state.RecordShape;
import io.theus.state.TextForms;
import io.theus.state.TypedReads;

/**
 * Converts an argument to the type of its parameter where nothing is lost, at any depth:
 * numbers, text that stands for a value of another type, maps that stand for records, and
 * lists that stand for sets. What has the type already stays the same object.
 */
final class ArgumentConversion {

	private static final Path NOWHERE = Path.parse("local.argument");

	private final ProcessDefinition process;

	private final Parameter parameter;

	ArgumentConversion(ProcessDefinition process, Parameter parameter) {
		this.process = process;
		this.parameter = parameter;
	}

	@Nullable Object convert(@Nullable Object value) {
		return convert("", value, this.parameter.type());
	}

	private @Nullable Object convert(String at, @Nullable Object value, Type type) {
		if (type instanceof Class<?> plain) {
			return convertTo(at, value, plain, plain);
		}
		if (type instanceof WildcardType wildcard) {
			return convert(at, value, wildcard.getUpperBounds()[0]);
		}
		if (!(type instanceof ParameterizedType generic)) {
			return value;
		}
		Type[] arguments = generic.getActualTypeArguments();
		Class<?> raw = (Class<?>) generic.getRawType();
		if (raw == Optional.class) {
			return Optional.ofNullable(convert(at, value, arguments[0]));
		}
		if (value instanceof Map<?, ?> map && raw == Map.class) {
			return convertMap(at, map, arguments[0], arguments[1]);
		}
		if (value instanceof Collection<?> elements && raw.isAssignableFrom(Set.class) && arguments.length == 1
				&& !raw.isInstance(elements)) {
			return convertElements(at, toSet(at, elements, type), arguments[0]);
		}
		if (value instanceof Collection<?> elements && raw.isInstance(elements) && arguments.length == 1) {
			return convertElements(at, elements, arguments[0]);
		}
		return convertTo(at, value, raw, generic);
	}

	private @Nullable Object convertTo(String at, @Nullable Object value, Class<?> type, Type declared) {
		if (value == null && type.isPrimitive()) {
			throw misfit(at, type, null);
		}
		if (value == null || type.isInstance(value)) {
			return value;
		}
		if (value instanceof String text) {
			Object parsed = parse(text, type);
			if (parsed != null) {
				return parsed;
			}
		}
		if (value instanceof Map<?, ?> map && type.isRecord()) {
			return create(at, map, type);
		}
		if (value instanceof Collection<?> elements && type == Set.class) {
			return toSet(at, elements, type);
		}
		try {
			return TypedReads.convert(NOWHERE, value, type);
		}
		catch (IncompatibleValueException ex) {
			throw misfit(at, declared, value);
		}
	}

	private static @Nullable Object parse(String text, Class<?> type) {
		try {
			if (type == BigDecimal.class) {
				return new BigDecimal(text);
			}
			if (type == BigInteger.class) {
				return new BigInteger(text);
			}
		}
		catch (NumberFormatException ex) {
			return null;
		}
		return TextForms.parse(text, (type == char.class) ? Character.class : type);
	}

	private Object convertMap(String at, Map<?, ?> map, Type keyType, Type valueType) {
		Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
		boolean changed = false;
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			Object key = convertKey(at, entry.getKey(), keyType);
			Object value = convert(at + "." + entry.getKey(), entry.getValue(), valueType);
			changed |= key != entry.getKey() || value != entry.getValue();
			converted.put(key, value);
		}
		return changed ? Collections.unmodifiableMap(converted) : map;
	}

	private @Nullable Object convertKey(String at, @Nullable Object key, Type type) {
		if (!(key instanceof String text)) {
			return convert(at, key, type);
		}
		try {
			return TypedReads.convertKey(NOWHERE, text, type);
		}
		catch (IncompatibleValueException ex) {
			throw misfit(at + "." + text, type, key);
		}
	}

	private Object convertElements(String at, Collection<?> elements, Type type) {
		Collection<@Nullable Object> converted = (elements instanceof Set<?>) ? new LinkedHashSet<>()
				: new ArrayList<>(elements.size());
		boolean changed = false;
		int index = 0;
		for (Object element : elements) {
			Object after = convert(at + "[" + index + "]", element, type);
			changed |= after != element;
			converted.add(after);
			index++;
		}
		if (!changed) {
			return elements;
		}
		if (converted.size() < elements.size()) {
			throw misfit(at, type, elements);
		}
		return (converted instanceof List<@Nullable Object> list) ? Collections.unmodifiableList(list)
				: Collections.unmodifiableSet((Set<@Nullable Object>) converted);
	}

	// Documents and JSON know no sets. What is there twice would be lost.
	private Set<?> toSet(String at, Collection<?> elements, Type type) {
		Set<@Nullable Object> set = new LinkedHashSet<>(elements);
		if (set.size() < elements.size()) {
			throw misfit(at, type, elements);
		}
		return Collections.unmodifiableSet(set);
	}

	private Object create(String at, Map<?, ?> map, Class<?> type) {
		RecordShape shape = RecordShape.of(type);
		for (Object name : map.keySet()) {
			if (!(name instanceof String text) || shape.indexOf(text) < 0) {
				throw invalid(at + "." + name, "%s has no such component%s, expected=%s".formatted(type.getName(),
						Suggestions.didYouMean(String.valueOf(name), shape.names()), shape.names()));
			}
		}
		@Nullable Object[] values = new Object[shape.names().size()];
		for (int i = 0; i < values.length; i++) {
			String name = shape.names().get(i);
			values[i] = map.containsKey(name) ? component(at, shape, i, map.get(name)) : missing(at, shape, i);
		}
		try {
			return shape.create(values);
		}
		catch (InvocationTargetException ex) {
			InvalidArgumentException refused = invalid(at, "the constructor of %s refused its components: %s"
				.formatted(type.getName(), ex.getTargetException().getClass().getName()));
			refused.initCause(ex.getCause());
			throw refused;
		}
	}

	private @Nullable Object component(String at, RecordShape shape, int index, @Nullable Object value) {
		return convert(at + "." + shape.names().get(index), value, shape.genericType(index));
	}

	private @Nullable Object missing(String at, RecordShape shape, int index) {
		RecordComponent component = shape.component(index);
		if (component.getType() == Optional.class) {
			return Optional.empty();
		}
		boolean nullable = Stream
			.concat(Stream.of(component.getAnnotations()), Stream.of(component.getAnnotatedType().getAnnotations()))
			.anyMatch((annotation) -> annotation.annotationType().getSimpleName().equals("Nullable"));
		if (nullable) {
			return null;
		}
		throw invalid(at + "." + component.getName(),
				"it is missing, expected=%s".formatted(component.getGenericType().getTypeName()));
	}

	private InvalidArgumentException misfit(String at, Type expected, @Nullable Object actual) {
		return invalid(at, "the type does not fit, expected=%s actual=%s".formatted(expected.getTypeName(),
				(actual != null) ? actual.getClass().getName() : "null"));
	}

	private InvalidArgumentException invalid(String at, String problem) {
		String name = this.parameter.name();
		return new InvalidArgumentException(this.process.id(), name,
				at.isEmpty() ? problem : "at '%s%s' %s".formatted(name, at, problem));
	}

}
