package io.theus.spring.actuate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

import io.theus.path.InvalidPathException;
import io.theus.path.Path;
import io.theus.state.RecordShape;
import io.theus.state.Snapshot;
import io.theus.state.State;

/**
 * Renders a part of one version of the state: the entries of one node, what is in them,
 * and no more than the kind and size of what lies deeper.
 */
final class StateView {

	private static final List<String> ROOTS = List.of("domain", "global", "heavy", "log", "meta");

	// Entries of nested nodes beyond these are only counted
	private static final int NESTED = 20;

	private static final int DEPTH = 2;

	private final State state;

	private final List<Path> hidden;

	private final ShownValues values;

	private final boolean shown;

	StateView(State state, ShownValues values, boolean shown) {
		this.state = state;
		this.hidden = (state instanceof Snapshot snapshot) ? snapshot.privatePaths() : List.of();
		this.values = values;
		this.shown = shown;
	}

	/**
	 * Render the roots that have content.
	 * @return kinds and sizes by root
	 */
	Part roots() {
		Map<String, @Nullable Object> content = new LinkedHashMap<>();
		for (String root : ROOTS) {
			this.state.find(root).ifPresent((node) -> content.put(root, summary(node)));
		}
		return new Part(this.state.version(), "", "map", content.size(), content);
	}

	/**
	 * Render a node.
	 * @param text its path
	 * @param page which of its entries
	 * @return the node, empty if there is none
	 */
	Optional<Part> at(String text, Page page) {
		Path path = parse(text);
		if (isHidden(path) || !this.state.contains(text)) {
			return Optional.empty();
		}
		Object node = this.state.get(text);
		return Optional
			.of(new Part(this.state.version(), text, kind(node), size(node), content(path, node, page, DEPTH)));
	}

	private static Path parse(String text) {
		try {
			return Path.parse(text);
		}
		catch (InvalidPathException ex) {
			String problem = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(problem, problem, ex);
		}
	}

	private boolean isHidden(Path path) {
		return this.hidden.stream().anyMatch(path::startsWith);
	}

	private @Nullable Object content(Path path, @Nullable Object node, Page page, int depth) {
		if (node instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> entries = new LinkedHashMap<>();
			Collection<String> keys = new TreeSet<>();
			map.keySet().forEach((key) -> keys.add(String.valueOf(key)));
			keys.removeIf((key) -> isHidden(path.child(key)));
			page.of(keys).forEach((key) -> entries.put(key, nested(path.child(key), map.get(key), depth)));
			return entries;
		}
		if (node instanceof Collection<?> elements) {
			List<@Nullable Object> rendered = new ArrayList<>();
			page.of(elements)
				.forEach(
						(element) -> rendered.add(nested(path.child(page.offset() + rendered.size()), element, depth)));
			return rendered;
		}
		if (node instanceof Record instance) {
			RecordShape shape = RecordShape.of(instance.getClass());
			Map<String, @Nullable Object> components = new LinkedHashMap<>();
			for (int i = 0; i < shape.names().size(); i++) {
				Path component = path.child(shape.names().get(i));
				if (!isHidden(component)) {
					components.put(shape.names().get(i), nested(component, shape.get(instance, i), depth));
				}
			}
			return components;
		}
		return this.values.render(path.toString(), node, this.shown);
	}

	private @Nullable Object nested(Path path, @Nullable Object node, int depth) {
		if ((depth == 1 || size(node) > NESTED) && !kind(node).equals("value")) {
			return summary(node);
		}
		return content(path, node, new Page(0, NESTED), depth - 1);
	}

	static String summary(@Nullable Object node) {
		return "%s, size=%d".formatted(kind(node), size(node));
	}

	private static String kind(@Nullable Object node) {
		if (node instanceof Map<?, ?>) {
			return "map";
		}
		if (node instanceof Collection<?>) {
			return (node instanceof List<?>) ? "list" : "set";
		}
		return (node instanceof Record) ? "record" : "value";
	}

	private static int size(@Nullable Object node) {
		if (node instanceof Map<?, ?> map) {
			return map.size();
		}
		if (node instanceof Collection<?> elements) {
			return elements.size();
		}
		return (node instanceof Record instance) ? RecordShape.of(instance.getClass()).names().size() : 1;
	}

	/**
	 * A part of the state.
	 *
	 * @param version the version of the state
	 * @param path where the part is, empty for the roots
	 * @param kind map, list, set, record or value
	 * @param size how many entries it has, those not shown included
	 * @param content its entries, or its value
	 */
	record Part(long version, String path, String kind, int size, @Nullable Object content) {

	}

}
