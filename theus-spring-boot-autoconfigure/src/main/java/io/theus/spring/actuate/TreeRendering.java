package io.theus.spring.actuate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.state.RecordShape;

/**
 * Renders nodes of a state for one caller: the entries of one node, what is in them, and
 * no more than the kind and size of what lies deeper. What the caller does not see is
 * neither listed nor counted.
 */
final class TreeRendering {

	// Entries of nested nodes beyond these are only counted
	private static final int NESTED = 20;

	private static final int DEPTH = 2;

	private final Viewer viewer;

	// Null if it is not known where there are any
	private final @Nullable List<Path> privatePaths;

	/**
	 * Create a rendering.
	 * @param viewer what the caller sees
	 * @param privatePaths the topmost private paths of the state, {@code null} if they
	 * have to be looked for
	 */
	TreeRendering(Viewer viewer, @Nullable List<Path> privatePaths) {
		this.viewer = viewer;
		this.privatePaths = privatePaths;
	}

	@Nullable Object content(Path path, @Nullable Object node, Page page) {
		return content(path, node, page, DEPTH);
	}

	private @Nullable Object content(Path path, @Nullable Object node, Page page, int depth) {
		if (node instanceof Collection<?> elements) {
			return elements(path, new ArrayList<>(elements), page, depth);
		}
		Map<String, @Nullable Object> entries = entries(node);
		if (entries == null) {
			return this.viewer.scalar(path.toString(), node);
		}
		List<String> keys = new ArrayList<>(entries.keySet());
		if (hidesBelow(path)) {
			keys.removeIf((key) -> !this.viewer.sees(path.child(key)));
		}
		Map<String, @Nullable Object> rendered = new LinkedHashMap<>();
		page.of(keys).forEach((key) -> rendered.put(key, nested(path.child(key), entries.get(key), depth)));
		return rendered;
	}

	private List<@Nullable Object> elements(Path path, List<?> elements, Page page, int depth) {
		boolean limited = this.viewer.isLimitedBelow(path);
		List<Integer> seen = IntStream.range(0, elements.size())
			.filter((index) -> !limited || this.viewer.sees(path.child(index)))
			.boxed()
			.toList();
		List<@Nullable Object> rendered = new ArrayList<>();
		page.of(seen).forEach((index) -> rendered.add(nested(path.child(index), elements.get(index), depth)));
		return rendered;
	}

	private @Nullable Object nested(Path path, @Nullable Object node, int depth) {
		if ((depth == 1 || size(path, node) > NESTED) && !kind(node).equals("value")) {
			return summary(path, node);
		}
		return content(path, node, new Page(0, NESTED), depth - 1);
	}

	/**
	 * Tell what a node is without its content.
	 * @param path where it is
	 * @param node a map, a record or a collection
	 * @return its kind and how many entries the caller could see
	 */
	String summary(Path path, @Nullable Object node) {
		return "%s, size=%d".formatted(kind(node), size(path, node));
	}

	static String kind(@Nullable Object node) {
		if (node instanceof Map<?, ?>) {
			return "map";
		}
		if (node instanceof Collection<?>) {
			return (node instanceof List<?>) ? "list" : "set";
		}
		return (node instanceof Record) ? "record" : "value";
	}

	int size(Path path, @Nullable Object node) {
		if (node instanceof Collection<?> elements) {
			return !this.viewer.isLimitedBelow(path) ? elements.size()
					: (int) IntStream.range(0, elements.size())
						.filter((index) -> this.viewer.sees(path.child(index)))
						.count();
		}
		if (node instanceof Map<?, ?> map && !hidesBelow(path)) {
			return map.size();
		}
		Map<String, @Nullable Object> entries = entries(node);
		return (entries != null)
				? (int) entries.keySet().stream().filter((key) -> this.viewer.sees(path.child(key))).count() : 1;
	}

	// Sorted where there is no order of its own; null for a scalar
	private static @Nullable Map<String, @Nullable Object> entries(@Nullable Object node) {
		if (node instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> entries = new TreeMap<>();
			map.forEach((key, value) -> entries.put(String.valueOf(key), value));
			return entries;
		}
		return (node instanceof Record instance) ? RecordShape.of(instance.getClass()).toMap(instance) : null;
	}

	private boolean hidesBelow(Path path) {
		return this.privatePaths == null || this.viewer.isLimitedBelow(path)
				|| this.privatePaths.stream().anyMatch((hidden) -> hidden.startsWith(path));
	}

}
