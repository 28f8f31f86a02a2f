package io.theus.proof;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Copies values into collections of the JDK, so that no checker depends on those of the
 * engine. A record becomes a map of its components.
 */
final class Plain {

	private Plain() {
	}

	static Object of(Object value) {
		if (value instanceof Map<?, ?> map) {
			return ofMap(map);
		}
		if (value instanceof List<?> list) {
			List<Object> copy = new ArrayList<>(list.size());
			list.forEach((element) -> copy.add(of(element)));
			return copy;
		}
		return (value instanceof Record) ? ofRecord(value) : value;
	}

	static Map<String, Object> ofMap(Map<?, ?> map) {
		Map<String, Object> copy = new TreeMap<>();
		map.forEach((key, value) -> copy.put((String) key, of(value)));
		return copy;
	}

	private static Map<String, Object> ofRecord(Object value) {
		Map<String, Object> components = new TreeMap<>();
		try {
			for (RecordComponent component : value.getClass().getRecordComponents()) {
				component.getAccessor().setAccessible(true);
				components.put(component.getName(), of(component.getAccessor().invoke(value)));
			}
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
		return components;
	}

}
