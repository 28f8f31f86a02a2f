package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowParser;

/**
 * Reads workflows from files and from properties.
 */
final class WorkflowDocuments {

	private final ResourcePatternResolver resources;

	WorkflowDocuments(ResourcePatternResolver resources) {
		this.resources = resources;
	}

	/**
	 * Read all workflows.
	 * @param properties say where they are
	 * @return the workflows, those of files in the order of their places
	 */
	List<Workflow> read(TheusProperties.Workflows properties) {
		List<Workflow> workflows = new ArrayList<>();
		documents("theus.workflows.locations", properties.locations())
			.forEach((place, text) -> workflows.add(WorkflowParser.parse(text, place)));
		for (int i = 0; i < properties.definitions().size(); i++) {
			workflows.add(inline("theus.workflows.definitions[%d]".formatted(i), properties.definitions().get(i)));
		}
		return workflows;
	}

	private static Workflow inline(String property, String text) {
		Workflow workflow = WorkflowParser.parse(text, property, property);
		if (workflow.name().equals(property)) {
			throw new InvalidTheusPropertyException(property, "the workflow has no name, begin it with 'name:'");
		}
		return workflow;
	}

	/**
	 * Read documents.
	 * @param property the property that says where they are
	 * @param locations places, possibly with wildcards
	 * @return the documents by place, each once
	 */
	Map<String, String> documents(String property, List<String> locations) {
		Map<String, String> documents = new TreeMap<>();
		for (String location : locations) {
			try {
				for (Resource resource : this.resources.getResources(location)) {
					documents.put(resource.getDescription(), resource.getContentAsString(StandardCharsets.UTF_8));
				}
			}
			catch (IOException | UncheckedIOException ex) {
				throw new InvalidTheusPropertyException(property,
						"location '%s' cannot be read: %s".formatted(location, ex.getMessage()));
			}
		}
		return documents;
	}

}
