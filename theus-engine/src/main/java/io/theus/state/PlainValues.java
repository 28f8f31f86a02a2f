package io.theus.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Turns stored values into plain maps, lists and scalars, ready for JSON: records become
 * maps of their components in order of declaration, sets become lists, the keys of maps
 * are sorted so that two equal states print alike.
 *
 * @since 0.1.0
 */
public final class PlainValues {

	private PlainValues() {
	}

	/**
	 * Convert a value.
	 * @param value a stored value
	 * @return the same content in new, modifiable collections
	 */
	public static @Nullable Object of(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return mapOf(map);
		}
		if (value instanceof Collection<?> elements) {
			List<@Nullable Object> plain = new ArrayList<>(elements.size());
			elements.forEach((element) -> plain.add(of(element)));
			return plain;
		}
		return (value instanceof Record instance) ? ofRecord(instance) : value;
	}

	/**
	 * Convert a map.
	 * @param map a stored map
	 * @return the same content in a new, modifiable map sorted by key
	 */
	public static Map<String, @Nullable Object> mapOf(Map<?, ?> map) {
		Map<String, @Nullable Object> plain = new TreeMap<>();
		map.forEach((key, value) -> plain.put(String.valueOf(key), of(value)));
		return plain;
	}

	private static Map<String, @Nullable Object> ofRecord(Record instance) {
		RecordShape shape = RecordShape.of(instance.getClass());
		Map<String, @Nullable Object> plain = new LinkedHashMap<>();
		for (int i = 0; i < shape.names().size(); i++) {
			plain.put(shape.names().get(i), of(shape.get(instance, i)));
		}
		return plain;
	}

}
