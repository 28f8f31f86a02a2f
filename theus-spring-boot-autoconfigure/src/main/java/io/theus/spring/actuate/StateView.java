package io.theus.spring.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.path.InvalidPathException;
import io.theus.path.Path;
import io.theus.state.Snapshot;
import io.theus.state.State;

/**
 * Renders a part of one version of the state.
 */
final class StateView {

	private static final List<String> ROOTS = List.of("domain", "global", "heavy", "log", "meta");

	private final State state;

	private final Viewer viewer;

	private final TreeRendering rendering;

	StateView(State state, Viewer viewer) {
		this.state = state;
		this.viewer = viewer;
		this.rendering = new TreeRendering(viewer,
				(state instanceof Snapshot snapshot) ? snapshot.privatePaths() : null);
	}

	/**
	 * Render the roots that have content.
	 * @return kinds and sizes by root
	 */
	Part roots() {
		Map<String, @Nullable Object> content = new LinkedHashMap<>();
		for (String root : ROOTS) {
			Path path = Path.parse(root);
			if (this.viewer.sees(path)) {
				this.state.find(root).ifPresent((node) -> content.put(root, this.rendering.summary(path, node)));
			}
		}
		return new Part(this.state.version(), "", "map", content.size(), content);
	}

	/**
	 * Render a node.
	 * @param text its path
	 * @param page which of its entries
	 * @return the node
	 * @throws RefusedActionException if there is none, as far as the caller knows
	 */
	Part at(String text, Page page) {
		Path path = parse(text);
		if (!this.viewer.sees(path) || !this.state.contains(text)) {
			throw RefusedActionException.notFound("path '%s' not found in version %d, begin with what lies above it"
				.formatted(text, this.state.version()));
		}
		Object node = this.state.get(text);
		return new Part(this.state.version(), text, TreeRendering.kind(node), this.rendering.size(path, node),
				this.rendering.content(path, node, page));
	}

	static Path parse(String text) {
		try {
			return Path.parse(text);
		}
		catch (InvalidPathException ex) {
			throw RefusedActionException.badRequest(String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * A part of the state.
	 *
	 * @param version the version of the state
	 * @param path where the part is, empty for the roots
	 * @param kind map, list, set, record or value
	 * @param size how many entries it has
	 * @param content its entries, or its value
	 */
	record Part(long version, String path, String kind, int size, @Nullable Object content) {

	}

}
