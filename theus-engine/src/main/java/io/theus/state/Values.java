package io.theus.state;

import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Collection;
import java.util.Currency;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.theus.HeavyArray;
import io.theus.HeavyDescriptor;
import io.theus.internal.collection.Edit;
import io.theus.internal.collection.PersistentList;
import io.theus.internal.collection.PersistentMap;
import io.theus.internal.collection.PersistentSet;
import io.theus.path.Path;
import io.theus.path.Segments;
import io.theus.path.Zone;
import io.theus.path.ZoneDeclarations;
import io.theus.path.Zones;

/**
 * Decides which values the state accepts and converts maps, lists and sets to the
 * engine's persistent collections, once, on write. What it returns is immutable at any
 * depth; collections that came out of the state pass through unchanged.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Values {

	private static final int MAX_DEPTH = 200;

	private static final Set<Class<?>> SCALARS = Set.of(Boolean.class, Byte.class, Short.class, Integer.class,
			Long.class, Float.class, Double.class, Character.class, String.class, BigDecimal.class, BigInteger.class,
			UUID.class, URI.class, Currency.class, Locale.class);

	private static final ClassValue<Kind> KINDS = new ClassValue<>() {

		@Override
		protected Kind computeValue(Class<?> type) {
			return kindOf(type);
		}

	};

	private final Set<Class<?>> immutableTypes;

	private final StoredTypes types;

	private final Zones zones;

	/**
	 * Create the rules without a schema.
	 * @param immutableTypes further types that are accepted as they are because the
	 * application promises that their instances never change
	 */
	public Values(Set<Class<?>> immutableTypes) {
		this(immutableTypes, StoredTypes.NONE, new Zones(ZoneDeclarations.NONE));
	}

	/**
	 * Create the rules.
	 * @param immutableTypes further types that are accepted as they are because the
	 * application promises that their instances never change
	 * @param types converts what is written to the types of the schema
	 * @param zones tells where references to arrays may be
	 */
	public Values(Set<Class<?>> immutableTypes, StoredTypes types, Zones zones) {
		this.zones = zones;
		this.immutableTypes = Set.copyOf(immutableTypes);
		this.types = types;
	}

	/**
	 * Convert a value for storing: first to the type that the schema declares, then to
	 * what is immutable. A record for a layer becomes a map of its components.
	 * @param path where it is to be stored
	 * @param value the value
	 * @return the same content, immutable at any depth
	 * @throws InvalidValueException naming path, type and remedy if a part is refused
	 */
	public @Nullable Object accept(Path path, @Nullable Object value) {
		return acceptAsIs(path, this.types.convert(path, (path.length() == 1) ? opened(path, value) : value));
	}

	/**
	 * Convert an element for storing in a list or set.
	 * @param path the path of the list or set
	 * @param element the element
	 * @return as for {@link #accept}
	 * @throws InvalidValueException naming path, type and remedy if a part is refused
	 */
	public @Nullable Object acceptElement(Path path, @Nullable Object element) {
		return acceptAsIs(path, this.types.convertElement(path, element));
	}

	/**
	 * Make a value immutable without regard to the schema, because it is only a part of
	 * what is to be stored.
	 * @param path where it is to be stored
	 * @param value the value
	 * @return as for {@link #accept}
	 * @throws InvalidValueException naming path, type and remedy if a part is refused
	 */
	public @Nullable Object acceptAsIs(Path path, @Nullable Object value) {
		return accept(path, value, 0);
	}

	private static Map<?, ?> opened(Path path, @Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map;
		}
		if (value instanceof Record instance) {
			return RecordShape.of(instance.getClass()).toMap(instance);
		}
		throw new InvalidValueException(path, (value != null) ? value.getClass().getTypeName() : "null",
				"a layer is a map, store a map or a record");
	}

	private @Nullable Object accept(Path path, @Nullable Object value, int depth) {
		if (value == null) {
			return null;
		}
		if (depth > MAX_DEPTH) {
			throw refused(path, value, "it is nested deeper than " + MAX_DEPTH + " levels, does it contain itself");
		}
		return switch (KINDS.get(value.getClass())) {
			case SCALAR, PERSISTENT, SCALAR_RECORD -> value;
			case RECORD -> acceptRecord(path, value, depth);
			case MAP -> acceptMap(path, (Map<?, ?>) value, depth);
			case LIST -> acceptList(path, (List<?>) value, depth);
			case SET -> acceptSet(path, (Set<?>) value, depth);
			case ARRAY -> acceptArray(path, (HeavyArray) value);
			case OTHER -> acceptRegistered(path, value);
		};
	}

	private HeavyDescriptor acceptArray(Path path, HeavyArray array) {
		if (this.zones.of(path) != Zone.HEAVY) {
			throw new InvalidValueException(path, HeavyArray.class.getName(),
					"only the zone HEAVY holds references to arrays, store it below 'heavy' or under a name that begins with heavy_");
		}
		HeavyDescriptor whole = array.descriptor();
		if (!array.shape().equals(whole.shape())) {
			throw new InvalidValueException(path, HeavyArray.class.getName(),
					"it is a part or another shape of an array: shape=%s whole=%s, store the array itself"
						.formatted(array.shape(), whole.shape()));
		}
		return whole;
	}

	private Object acceptRegistered(Path path, Object value) {
		if (this.immutableTypes.contains(value.getClass())) {
			return value;
		}
		throw refused(path, value, remedy(value));
	}

	private static String remedy(Object value) {
		if (value instanceof java.util.Date || value instanceof java.util.Calendar) {
			return "it is mutable, use a type of java.time such as Instant";
		}
		if (value.getClass().isArray()) {
			return "an array is mutable, use a List";
		}
		if (value instanceof Collection<?>) {
			return "it is neither List nor Set, copy it with List.copyOf";
		}
		if (value instanceof java.util.Optional<?>) {
			return "an Optional is no value, store its content or null";
		}
		if (value instanceof CharSequence) {
			return "it is mutable, use its toString()";
		}
		return "the engine does not know it as immutable, use a record, or register the type as immutable";
	}

	private Object acceptRecord(Path path, Object value, int depth) {
		RecordShape shape = RecordShape.of(value.getClass());
		@Nullable Object[] values = shape.values(value);
		boolean changed = false;
		for (int i = 0; i < values.length; i++) {
			Object component = values[i];
			values[i] = acceptComponent(path, component, shape.names().get(i), depth);
			changed |= values[i] != component;
		}
		return changed ? rebuild(path, value, shape, values) : value;
	}

	private @Nullable Object acceptComponent(Path path, @Nullable Object component, String name, int depth) {
		// Converted keys would no longer be of the type that the component declares
		if (component instanceof Map<?, ?> map && !map.keySet().stream().allMatch(String.class::isInstance)) {
			throw refused(path.child(name), map, "a map in a record has text as keys, declare it as Map<String, ...>");
		}
		Object accepted = accept(path.child(name), component, depth + 1);
		// What List.copyOf and its like made of accepted elements need not be copied
		// again
		boolean kept = component != null && isUnmodifiable(component) && hasSameParts(component, accepted);
		return kept ? component : accepted;
	}

	// Equal is not enough: a mutable part may equal what it was converted to
	private static boolean hasSameParts(Object given, @Nullable Object accepted) {
		if (given instanceof Map<?, ?> map && accepted instanceof Map<?, ?> other) {
			return map.entrySet().stream().allMatch((entry) -> other.get(entry.getKey()) == entry.getValue());
		}
		if (given instanceof List<?> list && accepted instanceof List<?> other) {
			Iterator<?> parts = other.iterator();
			return list.stream().allMatch((part) -> parts.next() == part);
		}
		return given instanceof Set<?> set && set.stream().allMatch(Values::isPlain);
	}

	private Object rebuild(Path path, Object value, RecordShape shape, @Nullable Object[] values) {
		Object rebuilt;
		try {
			rebuilt = shape.create(values);
		}
		catch (InvocationTargetException ex) {
			throw new InvalidValueException(path, value.getClass().getName(),
					"its constructor does not take read-only collections, declare the components as List, Set or Map: "
							+ ex.getTargetException().getClass().getName());
		}
		for (int i = 0; i < values.length; i++) {
			Object component = shape.get(rebuilt, i);
			boolean mutable = component instanceof Collection<?> || component instanceof Map<?, ?>;
			if (component != null && mutable && component != values[i] && !isUnmodifiable(component)) {
				throw refused(path.child(shape.names().get(i)), component,
						"the constructor of the record makes a mutable copy, use List.copyOf and its like there");
			}
		}
		return rebuilt;
	}

	private static boolean isUnmodifiable(Object collection) {
		return collection.getClass().getName().startsWith("java.util.ImmutableCollections$");
	}

	private PersistentMap<Object> acceptMap(Path path, Map<?, ?> map, int depth) {
		Edit edit = new Edit();
		PersistentMap<Object> accepted = PersistentMap.empty();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			String key = Segments.textOf(entry.getKey());
			if (key == null) {
				throw refused(path, map, "the key '%s' is no key, use non-empty text, integers, enums or UUIDs"
					.formatted(entry.getKey()));
			}
			accepted = accepted.with(key, accept(path.child(key), entry.getValue(), depth + 1), edit);
		}
		if (accepted.size() != map.size()) {
			throw refused(path, map, "two of its keys are the same text, keep one of them");
		}
		return accepted;
	}

	private PersistentList<Object> acceptList(Path path, List<?> list, int depth) {
		PersistentList.Builder<Object> accepted = PersistentList.builder();
		int index = 0;
		for (Object element : list) {
			accepted.add(isPlain(element) ? element : accept(path.child(index), element, depth + 1));
			index++;
		}
		return accepted.build();
	}

	private PersistentSet<Object> acceptSet(Path path, Set<?> set, int depth) {
		PersistentSet<Object> accepted = PersistentSet.empty();
		for (Object element : set) {
			accepted = accepted.with(isPlain(element) ? element : accept(path, element, depth + 1));
		}
		return accepted;
	}

	private static boolean isPlain(@Nullable Object element) {
		return element == null || KINDS.get(element.getClass()) == Kind.SCALAR;
	}

	private static InvalidValueException refused(Path path, Object value, String problem) {
		return new InvalidValueException(path, value.getClass().getTypeName(), problem);
	}

	private static Kind kindOf(Class<?> type) {
		if (isScalar(type) || type == HeavyDescriptor.class) {
			return Kind.SCALAR;
		}
		if (HeavyArray.class.isAssignableFrom(type)) {
			return Kind.ARRAY;
		}
		if (type.isRecord()) {
			for (var component : type.getRecordComponents()) {
				Class<?> componentType = component.getType();
				if (!componentType.isPrimitive() && !isScalar(componentType)) {
					return Kind.RECORD;
				}
			}
			return Kind.SCALAR_RECORD;
		}
		if (type == PersistentMap.class || type == PersistentList.class || type == PersistentSet.class) {
			return Kind.PERSISTENT;
		}
		if (Map.class.isAssignableFrom(type)) {
			return Kind.MAP;
		}
		if (List.class.isAssignableFrom(type)) {
			return Kind.LIST;
		}
		return Set.class.isAssignableFrom(type) ? Kind.SET : Kind.OTHER;
	}

	private static boolean isScalar(Class<?> type) {
		return SCALARS.contains(type) || type.isEnum()
				|| (type.getSuperclass() != null && type.getSuperclass().isEnum())
				|| (type.getPackageName().startsWith("java.time") && !java.time.Clock.class.isAssignableFrom(type)
						&& !type.isInterface());
	}

	private enum Kind {

		SCALAR, SCALAR_RECORD, RECORD, PERSISTENT, MAP, LIST, SET, ARRAY, OTHER

	}

}
