package io.theus.schema;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.state.RecordShape;
import io.theus.state.StateTree;

/**
 * A map with declared keys: a layer, what a YAML document describes by fields, or just
 * the way to a declaration further below.
 */
final class SectionType extends StoredType {

	private final Map<String, Place> fields;

	private final @Nullable Place any;

	private final boolean open;

	private final ComponentConstraints constraints;

	SectionType(Map<String, Place> fields, @Nullable Place any, boolean open, ComponentConstraints constraints) {
		this.fields = new LinkedHashMap<>(fields);
		this.any = (any != null) ? any.asElement() : null;
		this.open = open;
		this.constraints = constraints;
	}

	SectionType with(Map<String, Place> more) {
		Map<String, Place> all = new LinkedHashMap<>(this.fields);
		all.putAll(more);
		return new SectionType(all, this.any, this.open, this.constraints);
	}

	Map<String, Place> fields() {
		return this.fields;
	}

	// What is declared for any other key
	@Nullable Place any() {
		return this.any;
	}

	@Override
	String describe() {
		return Kind.MAP.description();
	}

	@Override
	@Nullable Place part(String key) {
		return this.fields.getOrDefault(key, this.any);
	}

	@Override
	void check(Location at, Object value, @Nullable Object before) {
		Map<?, ?> map = map(at, value);
		map.forEach((key, part) -> check(at, String.valueOf(key), part));
		checkRequired(at, map);
	}

	private void check(Location at, String key, @Nullable Object value) {
		checkDeclared(at, key);
		Place place = part(key);
		Location child = at.child(key);
		if (place != null) {
			place.check(child, value, null);
			this.constraints.check(child, key, value, value);
		}
	}

	@Override
	void checkPart(Location at, Object value, ChangedPart part) {
		Map<?, ?> map = map(at, value);
		if (map.containsKey(part.key())) {
			checkDeclared(at, part.key());
		}
		if (part.isAddition()) {
			checkRequired(at, map);
		}
		else {
			checkRequired(at, map, part.key());
		}
	}

	@Override
	void checkConstraints(Location at, Object value, ChangedPart part) {
		Object changed = StateTree.child(value, part.key());
		if (changed != StateTree.ABSENT) {
			this.constraints.check(at.child(part.key()), part.key(), changed, part.changedIn(changed));
		}
	}

	private void checkDeclared(Location at, String key) {
		if (!this.open && part(key) == null) {
			throw RecordType.undeclared(at, key, this.fields);
		}
	}

	private void checkRequired(Location at, Map<?, ?> map) {
		for (String key : this.fields.keySet()) {
			checkRequired(at, map, key);
		}
	}

	private void checkRequired(Location at, Map<?, ?> map, String key) {
		Place place = this.fields.get(key);
		if (place != null && place.presence() == Place.Presence.REQUIRED) {
			place.checkPresence(at.child(key), StateTree.child(map, key));
		}
	}

	private Map<?, ?> map(Location at, Object value) {
		if (value instanceof Map<?, ?> map) {
			return map;
		}
		throw at.wrongType(describe(), value);
	}

	@Override
	Object convert(Location at, Object value) {
		if (value instanceof Record instance) {
			return MapType.convertMap(at, RecordShape.of(instance.getClass()).toMap(instance), this);
		}
		return (value instanceof Map<?, ?> map) ? MapType.convertMap(at, map, this) : value;
	}

}
