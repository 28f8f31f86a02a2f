package io.theus.schema;

import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.path.Segments;
import io.theus.state.IncompatibleValueException;
import io.theus.state.StateTree;
import io.theus.state.TypedReads;

/**
 * A map with any keys of one type and values of another.
 */
final class MapType extends StoredType {

	private final Type keyType;

	private final Place value;

	MapType(Type keyType, Place value) {
		this.keyType = keyType;
		this.value = value.asElement();
	}

	@Override
	String describe() {
		return Kind.MAP.description();
	}

	@Override
	Place part(String key) {
		return this.value;
	}

	@Override
	void check(Location at, Object value, @Nullable Object before) {
		for (Map.Entry<?, ?> entry : map(at, value).entrySet()) {
			String key = String.valueOf(entry.getKey());
			Location child = at.child(key);
			checkKey(child, key);
			this.value.check(child, entry.getValue(), null);
		}
	}

	@Override
	void checkPart(Location at, Object value, ChangedPart part) {
		Object changed = StateTree.child(map(at, value), part.key());
		if (changed != StateTree.ABSENT) {
			checkKey(at.child(part.key()), part.key());
		}
	}

	private Map<?, ?> map(Location at, Object value) {
		if (value instanceof Map<?, ?> map) {
			return map;
		}
		throw at.wrongType(describe(), value);
	}

	private void checkKey(Location at, String key) {
		if (this.keyType == String.class || this.keyType == Object.class) {
			return;
		}
		try {
			TypedReads.convertKey(at.toPath(), key, this.keyType);
		}
		catch (IncompatibleValueException ex) {
			throw at.violation("a key of type " + this.keyType.getTypeName(), "key '" + key + "'",
					"store the value under such a key");
		}
	}

	@Override
	Object convert(Location at, Object value) {
		return (value instanceof Map<?, ?> map) ? convertMap(at, map, this) : value;
	}

	static Object convertMap(Location at, Map<?, ?> map, StoredType type) {
		Map<Object, @Nullable Object> converted = new LinkedHashMap<>();
		boolean changed = false;
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			String key = Segments.textOf(entry.getKey());
			Place place = (key != null) ? type.part(key) : null;
			Object before = entry.getValue();
			Object after = (key != null && place != null) ? place.convert(at.child(key), before) : before;
			changed |= after != before;
			converted.put(entry.getKey(), after);
		}
		return changed ? converted : map;
	}

}
