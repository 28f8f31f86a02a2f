package io.theus.internal.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

import io.theus.error.Suggestions;

/**
 * Builds the tree of one document from SnakeYAML's events. An alias is the anchored node
 * itself, therefore the tree may be much smaller than what it expands to; the expanded
 * depth and size are what is bounded.
 */
final class TreeBuilder {

	private static final String STANDARD_TAGS = "tag:yaml.org,2002:";

	private static final String MERGE_KEY = "<<";

	private final SourceText source;

	private final Iterator<Event> events;

	private final YamlLimits limits;

	private final Map<String, Built> anchors = new HashMap<>();

	private final Set<String> open = new HashSet<>();

	private int aliases;

	TreeBuilder(SourceText source, Iterator<Event> events, YamlLimits limits) {
		this.source = source;
		this.events = events;
		this.limits = limits;
	}

	YamlNode build() {
		Event event = skip(Event.ID.StreamStart);
		if (event.getEventId() == Event.ID.StreamEnd) {
			return new YamlScalar(this.source, this.source.position(1, 1), "", false, null);
		}
		YamlNode root = node(this.events.next(), 0).node();
		event = skip(Event.ID.DocumentEnd);
		if (event.getEventId() != Event.ID.StreamEnd) {
			throw position(event).error("a second document begins here, only one is read from a resource");
		}
		return root;
	}

	private Event skip(Event.ID id) {
		Event event = this.events.next();
		while (event.getEventId() == id) {
			event = this.events.next();
		}
		return event;
	}

	private Built node(Event event, int depth) {
		if (event instanceof AliasEvent alias) {
			return alias(alias, depth);
		}
		NodeEvent begin = (NodeEvent) event;
		Optional<String> anchor = begin.getAnchor().map(Anchor::getValue);
		anchor.ifPresent(this.open::add);
		Built built = (begin instanceof ScalarEvent scalar) ? scalar(scalar)
				: collection((CollectionStartEvent) begin, depth + 1);
		anchor.ifPresent((name) -> {
			this.open.remove(name);
			this.anchors.put(name, built);
		});
		return built;
	}

	private Built alias(AliasEvent event, int depth) {
		String name = event.getAlias().getValue();
		SourcePosition position = position(event);
		if (this.open.contains(name)) {
			throw position.error("alias '*" + name + "' stands inside what it stands for");
		}
		Built built = this.anchors.get(name);
		if (built == null) {
			throw position.error("alias '*" + name + "' has no anchor '&" + name + "' before it"
					+ Suggestions.didYouMean(name, this.anchors.keySet()));
		}
		if (++this.aliases > this.limits.aliases()) {
			throw position.error("too many aliases, limit=" + this.limits.aliases());
		}
		checkDepth(position, depth + built.height());
		return built;
	}

	private Built scalar(ScalarEvent event) {
		SourcePosition position = position(event);
		Object value = CoreSchema.resolve(event.getValue(), event.isPlain(), event.getTag().orElse(null), position);
		return new Built(new YamlScalar(this.source, position, event.getValue(), !event.isPlain(), value), 0, 1);
	}

	private Built collection(CollectionStartEvent event, int depth) {
		SourcePosition position = position(event);
		checkDepth(position, depth);
		boolean map = event.getEventId() == Event.ID.MappingStart;
		checkTag(event.getTag().orElse(null), map ? "map" : "seq", position);
		Size size = new Size(position);
		YamlNode node = map ? map(position, depth, size) : list(position, depth, size);
		return new Built(node, size.height + 1, size.nodes);
	}

	private YamlNode map(SourcePosition position, int depth, Size size) {
		Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
		for (Event event = this.events.next(); event.getEventId() != Event.ID.MappingEnd; event = this.events.next()) {
			SourcePosition keyPosition = position(event);
			YamlScalar name = key(event, keyPosition);
			YamlMap.Entry earlier = entries.get(name.text());
			if (earlier != null) {
				throw keyPosition.error("duplicate key '" + name.text() + "', it was given before in line "
						+ earlier.position().line());
			}
			YamlNode value = size.add(node(this.events.next(), depth));
			entries.put(name.text(), new YamlMap.Entry(name, value));
		}
		return new YamlMap(position, entries);
	}

	private YamlScalar key(Event event, SourcePosition position) {
		if (event instanceof CollectionStartEvent) {
			throw position.error("a key must be text, found a map or list");
		}
		if (event instanceof ScalarEvent scalar && scalar.isPlain()) {
			if (scalar.getValue().equals(MERGE_KEY)) {
				throw position
					.error("merge key '<<' is not part of YAML 1.2, repeat the keys or use an alias as a value");
			}
			if (scalar.getValue().isEmpty()) {
				throw position.error("a key is missing before ':'");
			}
		}
		YamlNode node = node(event, 0).node();
		if (node instanceof YamlScalar scalar) {
			return scalar;
		}
		throw position.error("a key must be text, found " + node.describe());
	}

	private YamlNode list(SourcePosition position, int depth, Size size) {
		List<YamlNode> items = new ArrayList<>();
		for (Event event = this.events.next(); event.getEventId() != Event.ID.SequenceEnd; event = this.events.next()) {
			items.add(size.add(node(event, depth)));
		}
		return new YamlList(position, items);
	}

	private void checkDepth(SourcePosition position, int depth) {
		if (depth > this.limits.depth()) {
			throw position.error("maps and lists are nested too deeply, limit=" + this.limits.depth());
		}
	}

	private static void checkTag(@Nullable String tag, String kind, SourcePosition position) {
		if (tag != null && !tag.equals("!") && !tag.equals(STANDARD_TAGS + kind)) {
			throw CoreSchema.unsupported(tag, position);
		}
	}

	private SourcePosition position(Event event) {
		Mark mark = event.getStartMark().orElseThrow();
		return this.source.position(mark.getLine() + 1, mark.getColumn() + 1);
	}

	/**
	 * A node, how deep it is (0 for a scalar) and of how many nodes it consists, aliases
	 * expanded.
	 */
	private record Built(YamlNode node, int height, int nodes) {

	}

	/** Adds up the children of a collection. */
	private final class Size {

		private final SourcePosition position;

		private int height;

		private int nodes = 1;

		Size(SourcePosition position) {
			this.position = position;
		}

		YamlNode add(Built child) {
			this.height = Math.max(this.height, child.height());
			if (child.nodes() > TreeBuilder.this.limits.nodes() - this.nodes) {
				throw this.position.error("the document has too many nodes with its aliases expanded, limit="
						+ TreeBuilder.this.limits.nodes());
			}
			this.nodes += child.nodes();
			return child.node();
		}

	}

}
