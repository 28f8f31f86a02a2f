package io.theus.spring.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.run.WorkflowPlan.PlannedStep;
import io.theus.run.Workflows;
import io.theus.workflow.Workflow;

/**
 * A workflow as the endpoint shows it.
 *
 * @param name its name
 * @param source where its definition comes from
 * @param inputs the kinds of its inputs by name
 * @param maxOps how many operations a run takes at most, {@code null} for the engine's
 * limit
 * @param mermaid its flowchart as Mermaid text
 * @param plan the steps that its runs can take, those of further workflows included
 * @since 0.1.0
 */
public record WorkflowDescription(String name, String source, Map<String, String> inputs, @Nullable Long maxOps,
		String mermaid, List<PlannedStep> plan) {

	static WorkflowDescription of(Workflows workflows, String name) {
		Workflow workflow = workflows.get(name);
		Map<String, String> inputs = new LinkedHashMap<>();
		workflow.inputs().forEach((input, declared) -> inputs.put(input, declared.type().key()));
		Long maxOps = workflow.options().maxOps();
		return new WorkflowDescription(name, workflow.source(), inputs, maxOps, workflows.describe(name),
				workflows.plan(name).steps());
	}

}
