package io.theus.workflow;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.SourcePosition;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlParser;
import io.theus.internal.yaml.YamlScalar;

/**
 * Reads workflows from YAML documents. The language is described in docs/workflows.md.
 * <p>
 * All methods are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class WorkflowParser {

	private static final List<String> KEYS = List.of("steps", "name", "inputs", "max-ops", "max_ops");

	private static final Set<String> LATER_KEYS = Set.of("version", "timeout", "isolation", "on-error", "on_error",
			"on", "schedule", "migrations");

	private static final Set<String> GRAPH_KEYS = Set.of("nodes", "states");

	private WorkflowParser() {
	}

	/**
	 * Read a workflow whose name, if the document does not give one, is the name of its
	 * file without folder and extension.
	 * @param text the document
	 * @param resource the name of the file or other source
	 * @return the workflow
	 * @throws InvalidYamlException if the document is not acceptable YAML
	 * @throws InvalidWorkflowException if it is not a workflow
	 */
	public static Workflow parse(String text, String resource) {
		return parse(text, resource, fileName(resource));
	}

	// Also of "file [/opt/flows/fulfil.yml]", as some frameworks describe a file
	private static String fileName(String resource) {
		int start = Math.max(resource.lastIndexOf('/'), Math.max(resource.lastIndexOf('\\'), resource.indexOf('[')));
		String name = resource.substring(start + 1);
		return name.replaceFirst("(?i)\\.ya?ml]?$", "");
	}

	/**
	 * Read a workflow.
	 * @param text the document
	 * @param resource the name of the file or other source, for messages
	 * @param defaultName the name of the workflow if the document does not give one
	 * @return the workflow
	 * @throws InvalidYamlException if the document is not acceptable YAML
	 * @throws InvalidWorkflowException if it is not a workflow
	 */
	public static Workflow parse(String text, String resource, String defaultName) {
		YamlNode root = YamlParser.parse(text, resource);
		String name = defaultName;
		try {
			if (isNothing(root)) {
				return new Workflow(name, resource, root.position(), StepNumbering.number(name, List.of()), Map.of(),
						WorkflowOptions.NONE);
			}
			YamlMap document = root.asMap();
			checkKeys(document);
			YamlNode given = document.find("name");
			name = (given != null) ? text(given, "the name of the workflow") : defaultName;
			return read(document, name, (given != null) ? given.position() : document.position());
		}
		catch (InvalidYamlException ex) {
			throw new InvalidWorkflowException(name, ex.problem(), ex.position(), ex);
		}
	}

	private static Workflow read(YamlMap document, String name, SourcePosition position) {
		Map<String, WorkflowInput> inputs = InputReader.read(document.find("inputs"));
		Long maxOps = maxOps(document);
		YamlNode steps = document.find("steps");
		Block body = StepNumbering.number(name, (steps != null) ? StepReader.steps(steps) : List.of());
		return new Workflow(name, position.resource(), position, body, inputs,
				new WorkflowOptions(null, maxOps, null, null, null, null));
	}

	private static void checkKeys(YamlMap document) {
		for (YamlMap.Entry entry : document.entries()) {
			if (GRAPH_KEYS.contains(entry.key())) {
				throw entry.error("key '%s' belongs to the graph form of workflows, which is not supported, list the"
					.formatted(entry.key()) + " steps in their order under 'steps'");
			}
		}
		checkKeys(document, KEYS, LATER_KEYS);
	}

	static void checkKeys(YamlMap map, List<String> known, Set<String> later) {
		for (YamlMap.Entry entry : map.entries()) {
			if (later.contains(entry.key())) {
				throw entry.error("key '%s' is not supported in this version, known=%s".formatted(entry.key(), known));
			}
		}
		map.checkKeys(known);
	}

	private static @Nullable Long maxOps(YamlMap document) {
		YamlMap.Entry limit = document.entry("max-ops");
		YamlMap.Entry other = document.entry("max_ops");
		if (limit != null && other != null) {
			throw other.error("duplicate key 'max_ops', it was given before as 'max-ops'");
		}
		YamlMap.Entry given = (limit != null) ? limit : other;
		if (given == null) {
			return null;
		}
		YamlScalar scalar = given.value().asScalar();
		if (scalar.value() instanceof Long operations && operations > 0) {
			return operations;
		}
		throw scalar.error("expected a whole number of at least 1, found " + scalar.describe());
	}

	static boolean isNothing(YamlNode node) {
		return node instanceof YamlScalar scalar && scalar.value() == null;
	}

	static String text(YamlNode node, String what) {
		if (node instanceof YamlScalar scalar && scalar.value() instanceof String text && !text.isBlank()) {
			return text;
		}
		throw node.error("expected %s, found %s".formatted(what, node.describe()));
	}

}
