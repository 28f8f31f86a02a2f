package io.theus.workflow;

import java.util.List;
import java.util.Map;

import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlParser;

/**
 * Reads workflows from YAML documents. The language is described in docs/workflows.md.
 * <p>
 * All methods are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class WorkflowParser {

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
			if (Scalars.isNothing(root)) {
				return new Workflow(name, resource, root.position(), StepNumbering.number(name, List.of(), null).body(),
						Map.of(), WorkflowOptions.NONE);
			}
			DocumentReader document = new DocumentReader(root.asMap());
			document.checkKeys();
			name = document.name(defaultName);
			return document.read(name);
		}
		catch (InvalidYamlException ex) {
			throw new InvalidWorkflowException(name, ex.problem(), ex.position(), ex);
		}
	}

}
