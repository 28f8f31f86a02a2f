package io.theus.initial;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.InitialState;
import io.theus.error.TheusException;
import io.theus.internal.yaml.SourcePosition;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlScalar;
import io.theus.path.InvalidPathException;
import io.theus.path.Path;
import io.theus.path.Segments;
import io.theus.schema.SchemaViolationException;
import io.theus.state.RecordShape;

/**
 * The initial content of the state, merged from all its sources. A record for a layer is
 * opened one level; maps are merged key by key; everything else is one unit, which two
 * sources may both have if they agree.
 * <p>
 * Immutable as long as the values are. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class InitialContent {

	private static final Set<String> NOT_STORED = Set.of("local", "signal", "sig", "cmd");

	private final Node root;

	private InitialContent(Node root) {
		this.root = root;
	}

	/**
	 * Merge sources.
	 * @param states initial states
	 * @param documents documents in YAML, each a map by layer
	 * @return the content
	 * @throws InvalidInitialStateException if two sources differ about a path, or if a
	 * path cannot have content
	 * @throws InvalidPathException if a path of an initial state cannot be parsed
	 * @throws io.theus.internal.yaml.InvalidYamlException with the place of what is wrong
	 * in a document
	 */
	public static InitialContent of(Collection<? extends InitialState> states,
			Collection<? extends YamlNode> documents) {
		Node root = Node.map(new Source("initial state", null));
		int number = 0;
		for (InitialState state : states) {
			Source source = Source.of(state, ++number);
			state.content().forEach((key, value) -> addState(root, Path.parse(key), value, source));
		}
		documents.forEach((document) -> addDocument(root, document));
		return new InitialContent(root);
	}

	private static void addState(Node root, Path path, @Nullable Object value, Source source) {
		if (NOT_STORED.contains(path.root())) {
			throw InvalidInitialStateException.refused(path, source.description(), notStored(path.root()));
		}
		Node node = (path.length() == 1) ? layer(path, value, source) : node(path, value, source);
		Node parent = root;
		for (int length = 1; length < path.length(); length++) {
			Node next = Node.map(source);
			parent.put(path.prefix(length), next);
			parent = Objects.requireNonNull(parent.children().get(path.segment(length - 1)));
		}
		parent.put(path, node);
	}

	private static String notStored(String root) {
		return "nothing below '%s' is ever stored".formatted(root);
	}

	private static Node layer(Path path, @Nullable Object value, Source source) {
		if (value instanceof Record instance) {
			return node(path, RecordShape.of(instance.getClass()).toMap(instance), source);
		}
		if (!(value instanceof Map<?, ?>)) {
			throw InvalidInitialStateException.refused(path, source.description(),
					"a layer is always a map, give a map or a record of its keys");
		}
		return node(path, value, source);
	}

	private static Node node(Path path, @Nullable Object value, Source source) {
		if (!(value instanceof Map<?, ?> map)) {
			return Node.unit(source, value);
		}
		Node node = Node.map(source);
		map.forEach((key, part) -> {
			String segment = Segments.textOf(key);
			if (segment == null) {
				throw InvalidInitialStateException.refused(path, source.description(),
						"the key '%s' is no key, use non-empty text, integers, enums or UUIDs".formatted(key));
			}
			Path child = path.child(segment);
			node.put(child, node(child, part, source));
		});
		return node;
	}

	private static void addDocument(Node root, YamlNode document) {
		if (isNothing(document)) {
			return;
		}
		for (YamlMap.Entry entry : document.asMap().entries()) {
			Path layer = layer(entry);
			if (!isNothing(entry.value())) {
				root.put(layer, node(layer, entry.value().asMap(), entry.position()));
			}
		}
	}

	private static boolean isNothing(YamlNode node) {
		return node instanceof YamlScalar scalar && scalar.value() == null;
	}

	private static Path layer(YamlMap.Entry entry) {
		try {
			Path path = Path.parse(entry.key());
			if (path.length() > 1) {
				throw entry.error("expected a layer, found path '" + path + "', nest its keys");
			}
			if (NOT_STORED.contains(path.root())) {
				throw entry.error(notStored(path.root()));
			}
			return path;
		}
		catch (InvalidPathException ex) {
			throw entry.position().error(String.valueOf(ex.getMessage()), ex);
		}
	}

	private static Node node(Path path, YamlNode yaml, SourcePosition position) {
		if (!(yaml instanceof YamlMap map)) {
			return Node.unit(Source.of(yaml.position()), yaml.toPlain());
		}
		Node node = Node.map(Source.of(position));
		for (YamlMap.Entry entry : map.entries()) {
			if (entry.key().isEmpty()) {
				throw entry.error("a key must not be empty");
			}
			Path child = path.child(entry.key());
			node.put(child, node(child, entry.value(), entry.position()));
		}
		return node;
	}

	/**
	 * Return what is to be written.
	 * @return a map of plain maps, units and records by layer or root, in the order of
	 * the sources; empty if there is no content
	 */
	public Map<Path, Object> writes() {
		Map<Path, Object> writes = new LinkedHashMap<>();
		this.root.children().forEach((layer, node) -> {
			Object value = node.toValue();
			if (value != null) {
				writes.put(Path.parse(layer), value);
			}
		});
		return writes;
	}

	/**
	 * Say where the content comes from that does not fit the schema.
	 * @param violation what was thrown when it was written or committed
	 * @return an exception about a line of a document if it comes from one, else the
	 * violation itself
	 */
	public RuntimeException located(SchemaViolationException violation) {
		SourcePosition position = this.root.nearest(violation.path(), 0).source().position();
		return (position != null) ? position.error(String.valueOf(violation.getMessage()), violation) : violation;
	}

	/**
	 * Say where the content comes from that nobody may store.
	 * @param path where it was to be stored
	 * @param refusal what was thrown when it was written
	 * @return an exception about a line of a document if it comes from one, else about
	 * the initial state
	 */
	public RuntimeException located(Path path, TheusException refusal) {
		Source source = this.root.nearest(path, 0).source();
		String problem = String.valueOf(refusal.getMessage());
		SourcePosition position = source.position();
		return (position != null) ? position.error(problem, refusal)
				: InvalidInitialStateException.refused(path, source.description(), problem, refusal);
	}

}
