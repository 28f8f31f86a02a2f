package io.theus.schema;

import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.path.Segments;
import io.theus.state.RecordShape;
import io.theus.state.StateTree;

/**
 * An instance of a record class.
 */
final class RecordType extends StoredType {

	private final Class<? extends Record> type;

	private final RecordTypes records;

	private final ComponentConstraints constraints;

	// Made on first use, because record classes may refer to themselves; racing threads
	// make equal maps
	private volatile @Nullable Map<String, Place> components;

	RecordType(Class<? extends Record> type, RecordTypes records, ComponentConstraints constraints) {
		this.type = type;
		this.records = records;
		this.constraints = constraints;
	}

	Class<? extends Record> type() {
		return this.type;
	}

	ComponentConstraints constraints() {
		return this.constraints;
	}

	Map<String, Place> components() {
		Map<String, Place> known = this.components;
		if (known == null) {
			known = this.records.componentsOf(this.type);
			this.components = known;
		}
		return known;
	}

	@Override
	String describe() {
		return this.type.getName();
	}

	@Override
	@Nullable Place part(String key) {
		return components().get(key);
	}

	@Override
	void check(Location at, Object value, @Nullable Object before) {
		Record instance = instance(at, value);
		RecordShape shape = RecordShape.of(this.type);
		components().forEach((name, place) -> {
			Object component = shape.get(instance, shape.indexOf(name));
			Location child = at.child(name);
			place.check(child, component, null);
			this.constraints.check(child, name, component, component);
		});
		this.constraints.check(at, instance);
	}

	@Override
	void checkPart(Location at, Object value, ChangedPart part) {
		instance(at, value);
	}

	@Override
	void checkConstraints(Location at, Object value, ChangedPart part) {
		Record instance = instance(at, value);
		Object component = StateTree.child(instance, part.key());
		this.constraints.check(at.child(part.key()), part.key(), component, part.changedIn(component));
		this.constraints.check(at, instance);
	}

	private Record instance(Location at, Object value) {
		if (!this.type.isInstance(value)) {
			throw at.wrongType(describe(), value);
		}
		return (Record) value;
	}

	@Override
	Object convert(Location at, Object value) {
		return (value instanceof Map<?, ?> map) ? create(at, map) : value;
	}

	private Object create(Location at, Map<?, ?> map) {
		Map<String, @Nullable Object> given = keyed(at, map);
		@Nullable Object[] values = new Object[components().size()];
		int index = 0;
		for (Map.Entry<String, Place> component : components().entrySet()) {
			String name = component.getKey();
			Object value = given.containsKey(name) ? given.get(name) : StateTree.ABSENT;
			values[index++] = component(at.child(name), component.getValue(), value);
		}
		try {
			return RecordShape.of(this.type).create(values);
		}
		catch (InvocationTargetException ex) {
			throw new SchemaViolationException(at.toPath(), describe(), Location.nameOf(map),
					"its constructor refused the components: " + ex.getTargetException().getClass().getName(),
					ex.getCause());
		}
	}

	private Map<String, @Nullable Object> keyed(Location at, Map<?, ?> map) {
		Map<String, @Nullable Object> keyed = new LinkedHashMap<>();
		map.forEach((key, value) -> {
			String name = Segments.textOf(key);
			if (name == null || !components().containsKey(name)) {
				throw undeclared(at, String.valueOf(key), components());
			}
			keyed.put(name, value);
		});
		return keyed;
	}

	// What has the wrong type would make the constructor fail with less to say
	private static @Nullable Object component(Location at, Place place, @Nullable Object value) {
		if (value == StateTree.ABSENT) {
			place.checkPresence(at, value);
			return (place.presence() == Place.Presence.OPTIONAL) ? emptyOf(place.type()) : null;
		}
		Object converted = place.convert(at, value);
		place.check(at, converted, null);
		return converted;
	}

	private static @Nullable Object emptyOf(StoredType type) {
		if (type instanceof ElementsType elements) {
			return elements.kind().empty();
		}
		return (type instanceof MapType) ? Kind.MAP.empty() : null;
	}

	static SchemaViolationException undeclared(Location at, String key, Map<String, Place> declared) {
		return at.child(key.isEmpty() ? "?" : key)
			.violation("one of " + declared.keySet(), "undeclared key",
					"declare it or open the schema there" + Suggestions.didYouMean(key, declared.keySet()));
	}

}
