package io.theus.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.core.io.support.ResourcePatternResolver;

import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowParser;

/**
 * Reads workflows from files and from properties.
 */
final class WorkflowDocuments {

	private final Documents documents;

	WorkflowDocuments(ResourcePatternResolver resources) {
		this.documents = new Documents(resources);
	}

	/**
	 * Read all workflows.
	 * @param properties say where they are
	 * @return the workflows, those of files in the order of their places
	 */
	List<Workflow> read(TheusProperties.Workflows properties) {
		List<Workflow> workflows = new ArrayList<>();
		this.documents.read("theus.workflows.locations", properties.locations())
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

}
