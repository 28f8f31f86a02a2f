package io.theus.state;

import java.lang.reflect.ParameterizedType;
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
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;

/**
 * Reads a stored value as a type. Numbers convert where nothing is lost, keys of maps
 * convert from text to the type of the key; everything else must be an instance already.
 * A container is copied only if one of its parts has to be converted.
 *
 * @since 0.1.0
 */
public final class TypedReads {

	private static final Map<Class<?>, Class<?>> BOXES = Map.of(boolean.class, Boolean.class, byte.class, Byte.class,
			short.class, Short.class, int.class, Integer.class, long.class, Long.class, float.class, Float.class,
			double.class, Double.class, char.class, Character.class);

	private TypedReads() {
	}

	/**
	 * Convert a stored value.
	 * @param path where it was read, for the error
	 * @param value the stored value
	 * @param type a class, a wildcard, or a parameterised List, Set, Collection, Map or
	 * Optional
	 * @return an instance of the type, {@code null} for null
	 * @throws IncompatibleValueException if that is not possible without loss
	 */
	public static @Nullable Object convert(Path path, @Nullable Object value, Type type) {
		if (type instanceof Class<?> plain) {
			return convertTo(path, value, plain);
		}
		if (type instanceof WildcardType wildcard) {
			return convert(path, value, wildcard.getUpperBounds()[0]);
		}
		if (!(type instanceof ParameterizedType generic)) {
			return value;
		}
		Type[] arguments = generic.getActualTypeArguments();
		if (generic.getRawType() == Optional.class) {
			return Optional.ofNullable(convert(path, value, arguments[0]));
		}
		if (value instanceof Map<?, ?> map && generic.getRawType() == Map.class) {
			return convertMap(path, map, arguments[0], arguments[1]);
		}
		if (value instanceof Collection<?> elements && arguments.length == 1) {
			return convertElements(path, elements, arguments[0], generic);
		}
		return convertTo(path, value, (Class<?>) generic.getRawType());
	}

	/**
	 * Return the type that a value asks for as the fallback of a read.
	 * @param fallback the value
	 * @return its class, the interface for a collection, the enum for a constant
	 */
	public static Type typeOf(@Nullable Object fallback) {
		if (fallback instanceof Map<?, ?>) {
			return Map.class;
		}
		if (fallback instanceof List<?>) {
			return List.class;
		}
		if (fallback instanceof Set<?>) {
			return Set.class;
		}
		if (fallback instanceof Enum<?> constant) {
			return constant.getDeclaringClass();
		}
		return (fallback != null) ? fallback.getClass() : Object.class;
	}

	private static @Nullable Object convertTo(Path path, @Nullable Object value, Class<?> type) {
		Class<?> boxed = type.isPrimitive() ? BOXES.getOrDefault(type, type) : type;
		if (value == null || boxed.isInstance(value)) {
			return value;
		}
		Object converted = (value instanceof Number number && Number.class.isAssignableFrom(boxed))
				? convertNumber(number, boxed) : null;
		if (converted == null) {
			throw new IncompatibleValueException(path, type, value);
		}
		return converted;
	}

	private static @Nullable Number convertNumber(Number number, Class<?> type) {
		if (type == Double.class && number instanceof Float) {
			return number.doubleValue();
		}
		if (type == Float.class && number instanceof Double) {
			// Compares NaN, infinities and the sign of zero as well
			return (Double.compare(number.floatValue(), number.doubleValue()) == 0) ? number.floatValue() : null;
		}
		try {
			BigDecimal exact = exact(number);
			if (type == Long.class) {
				return exact.longValueExact();
			}
			if (type == Integer.class) {
				return exact.intValueExact();
			}
			if (type == Short.class) {
				return exact.shortValueExact();
			}
			if (type == Byte.class) {
				return exact.byteValueExact();
			}
			if (type == BigInteger.class) {
				return exact.toBigIntegerExact();
			}
			if (type == Double.class) {
				double nearest = exact.doubleValue();
				return (Double.isFinite(nearest) && isExactIn(number, nearest, exact)) ? nearest : null;
			}
			if (type == Float.class) {
				float nearest = exact.floatValue();
				return (Float.isFinite(nearest) && new BigDecimal(nearest).compareTo(exact) == 0) ? nearest : null;
			}
			return (type == BigDecimal.class) ? exact : null;
		}
		catch (ArithmeticException | NumberFormatException ex) {
			return null;
		}
	}

	// A decimal counts as kept by a double that prints as the same decimal: 0.1 is not
	// exact in binary, but reads back as it was written.
	private static boolean isExactIn(Number number, double nearest, BigDecimal exact) {
		return (number instanceof BigDecimal) ? BigDecimal.valueOf(nearest).compareTo(exact) == 0
				: new BigDecimal(nearest).compareTo(exact) == 0;
	}

	private static BigDecimal exact(Number number) {
		if (number instanceof BigDecimal decimal) {
			return decimal;
		}
		if (number instanceof BigInteger integer) {
			return new BigDecimal(integer);
		}
		if (number instanceof Double || number instanceof Float) {
			return new BigDecimal(number.toString());
		}
		return BigDecimal.valueOf(number.longValue());
	}

	private static Object convertMap(Path path, Map<?, ?> map, Type keyType, Type valueType) {
		Map<Object, @Nullable Object> converted = new LinkedHashMap<>();
		boolean changed = false;
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			Object key = convertKey(path, (String) entry.getKey(), keyType);
			Object value = convert(path, entry.getValue(), valueType);
			changed |= key != entry.getKey() || value != entry.getValue();
			converted.put(key, value);
		}
		return changed ? Collections.unmodifiableMap(converted) : map;
	}

	/**
	 * Read the key of a map as a type.
	 * @param path where the map was read, for the error
	 * @param key the stored key
	 * @param type text, an integer type, an enum or UUID
	 * @return the key as that type
	 * @throws IncompatibleValueException if the text does not stand for such a key
	 */
	@SuppressWarnings({ "unchecked", "rawtypes" })
	public static Object convertKey(Path path, String key, Type type) {
		try {
			if (type == Integer.class) {
				return Integer.valueOf(key);
			}
			if (type == Long.class) {
				return Long.valueOf(key);
			}
			if (type == Short.class) {
				return Short.valueOf(key);
			}
			if (type == Byte.class) {
				return Byte.valueOf(key);
			}
			if (type == Character.class && key.length() == 1) {
				return key.charAt(0);
			}
			if (type == UUID.class) {
				return UUID.fromString(key);
			}
			if (type == BigInteger.class) {
				return new BigInteger(key);
			}
			if (type instanceof Class<?> plain && plain.isEnum()) {
				return Enum.valueOf((Class) plain, key);
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IncompatibleValueException(path.child(key), type, key);
		}
		if (type instanceof Class<?> plain && !plain.isInstance(key)) {
			throw new IncompatibleValueException(path.child(key), type, key);
		}
		return key;
	}

	private static Object convertElements(Path path, Collection<?> elements, Type elementType, ParameterizedType type) {
		if (!((Class<?>) type.getRawType()).isInstance(elements)) {
			throw new IncompatibleValueException(path, type, elements);
		}
		Collection<@Nullable Object> converted = (elements instanceof Set<?>) ? new LinkedHashSet<>()
				: new ArrayList<>(elements.size());
		boolean changed = false;
		for (Object element : elements) {
			Object read = convert(path, element, elementType);
			changed |= read != element;
			converted.add(read);
		}
		if (!changed) {
			return elements;
		}
		return (converted instanceof List<@Nullable Object> list) ? Collections.unmodifiableList(list)
				: Collections.unmodifiableSet((Set<@Nullable Object>) converted);
	}

}
