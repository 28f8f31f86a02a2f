package io.theus.expression;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Enters values: maps and records by name, lists by index. What is absent is null, and so
 * is every member of it.
 */
final class Members {

	private Members() {
	}

	static @Nullable Object member(@Nullable Object value, Object key, Site site) {
		if (value == null) {
			return null;
		}
		if (value instanceof Navigable navigable) {
			return navigable.member(key);
		}
		if (value instanceof Record components) {
			return RecordComponents.read(components, key.toString(), site);
		}
		if (value instanceof Map<?, ?> map) {
			return entry(map, key.toString());
		}
		if (value instanceof List<?> list) {
			return element(list, key, site);
		}
		throw site.failed("only maps, lists and records have members, value=" + Values.describe(value) + ", key="
				+ Values.describe(key));
	}

	private static @Nullable Object entry(Map<?, ?> map, String key) {
		try {
			return map.get(key);
		}
		catch (ClassCastException ex) {
			return null;
		}
	}

	private static @Nullable Object element(List<?> list, Object key, Site site) {
		if (!(key instanceof Long number)) {
			throw site.failed("a list is entered by an integer, key=" + Values.describe(key));
		}
		long index = (number < 0) ? number + list.size() : number;
		return (index >= 0 && index < list.size()) ? list.get((int) index) : null;
	}

}
