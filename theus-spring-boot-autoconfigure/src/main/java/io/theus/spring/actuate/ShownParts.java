package io.theus.spring.actuate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.theus.state.RecordShape;

/**
 * Renders values that are not in the state: what is in them, and no more than the kind
 * and size of what lies deeper.
 */
final class ShownParts {

	// Parts beyond these are only counted
	private static final int NESTED = 20;

	private static final int DEPTH = 3;

	private final ShownValues values;

	private final boolean shown;

	private final Predicate<String> hidden;

	/**
	 * Create a rendering.
	 * @param values what is shown of a value
	 * @param shown whether the caller sees values
	 * @param hidden the names that nobody sees
	 */
	ShownParts(ShownValues values, boolean shown, Predicate<String> hidden) {
		this.values = values;
		this.shown = shown;
		this.hidden = hidden;
	}

	/**
	 * Render named values.
	 * @param key where they are
	 * @param named the values by name
	 * @return what is shown of them, by name
	 */
	Map<String, @Nullable Object> named(String key, Map<String, ? extends @Nullable Object> named) {
		Map<String, @Nullable Object> rendered = new LinkedHashMap<>();
		named.forEach((name, value) -> rendered.put(name, value(key + "." + name, value)));
		return rendered;
	}

	/**
	 * Render a value.
	 * @param key where it is
	 * @param value the value
	 * @return what is shown of it, as JSON knows it
	 */
	@Nullable Object value(String key, @Nullable Object value) {
		return part(key, value, DEPTH);
	}

	private @Nullable Object part(String key, @Nullable Object value, int depth) {
		if (value instanceof Map<?, ?> map) {
			return (depth > 0 && map.size() <= NESTED) ? entries(key, map, depth) : summary(value);
		}
		if (value instanceof Record instance) {
			return (depth > 0) ? entries(key, RecordShape.of(instance.getClass()).toMap(instance), depth)
					: summary(value);
		}
		if (value instanceof Collection<?> elements) {
			return (depth > 0 && elements.size() <= NESTED) ? elements(key, elements, depth) : summary(value);
		}
		return this.values.render(key, value, this.shown);
	}

	private String summary(@Nullable Object value) {
		Collection<?> parts = List.of();
		if (value instanceof Collection<?> elements) {
			parts = elements;
		}
		else if (value instanceof Map<?, ?> map) {
			parts = map.keySet().stream().filter((name) -> !this.hidden.test(String.valueOf(name))).toList();
		}
		else if (value instanceof Record instance) {
			parts = RecordShape.of(instance.getClass()).names().stream().filter(this.hidden.negate()).toList();
		}
		return "%s, size=%d".formatted(TreeRendering.kind(value), parts.size());
	}

	private Map<String, @Nullable Object> entries(String key, Map<?, ?> map, int depth) {
		Map<String, @Nullable Object> rendered = new LinkedHashMap<>();
		map.forEach((name, value) -> {
			String text = String.valueOf(name);
			if (!this.hidden.test(text)) {
				rendered.put(text, part(key + "." + text, value, depth - 1));
			}
		});
		return rendered;
	}

	private List<@Nullable Object> elements(String key, Collection<?> elements, int depth) {
		List<@Nullable Object> rendered = new ArrayList<>();
		elements.forEach((element) -> rendered.add(part(key + "." + rendered.size(), element, depth - 1)));
		return rendered;
	}

}
