package io.theus.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.internal.yaml.SourcePosition;
import io.theus.process.Parameter;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessNotFoundException;
import io.theus.process.ProcessRegistry;
import io.theus.workflow.InvalidWorkflowException;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.StepArguments;
import io.theus.workflow.Workflow;

/**
 * A workflow whose processes have been found and whose arguments have been checked.
 */
final class BoundWorkflow {

	private final Workflow workflow;

	private final Map<String, Call> calls = new HashMap<>();

	private BoundWorkflow(Workflow workflow) {
		this.workflow = workflow;
	}

	/**
	 * Check a workflow against the processes.
	 * @param workflow the workflow
	 * @param processes all processes
	 * @return the workflow and what its steps call
	 * @throws InvalidWorkflowException if a process is not found or ambiguous, or an
	 * argument unknown or missing
	 */
	static BoundWorkflow bind(Workflow workflow, ProcessRegistry processes) {
		BoundWorkflow bound = new BoundWorkflow(workflow);
		workflow.forEachStep((step) -> {
			if (step instanceof ProcessStep call) {
				bound.calls.put(step.address(), bound.call(call, find(workflow, call, processes)));
			}
		});
		return bound;
	}

	private static ProcessDefinition find(Workflow workflow, ProcessStep step, ProcessRegistry processes) {
		try {
			return processes.get(step.process().text());
		}
		catch (ProcessNotFoundException ex) {
			throw new InvalidWorkflowException(workflow.name(), String.valueOf(ex.getMessage()),
					step.process().position(), ex);
		}
	}

	private Call call(ProcessStep step, ProcessDefinition process) {
		List<String> known = process.arguments().stream().map(Parameter::name).toList();
		for (String name : step.arguments().names()) {
			if (!known.contains(name)) {
				throw invalid(step.arguments().position(name), "process '%s' has no argument '%s'%s, known=%s"
					.formatted(process.id(), name, Suggestions.didYouMean(name, known), known));
			}
		}
		List<String> fromInputs = new ArrayList<>();
		for (Parameter argument : process.arguments()) {
			if (step.arguments().names().contains(argument.name())) {
				continue;
			}
			if (this.workflow.inputs().containsKey(argument.name())) {
				fromInputs.add(argument.name());
			}
			else if (!argument.optional()) {
				throw invalid(step.process().position(),
						"argument '%s' of process '%s' is missing, add it to 'with' or to the inputs of the workflow"
							.formatted(argument.name(), process.id()));
			}
		}
		return new Call(process.id(), step.arguments(), List.copyOf(fromInputs));
	}

	private InvalidWorkflowException invalid(@Nullable SourcePosition position, String problem) {
		return new InvalidWorkflowException(this.workflow.name(), problem, position, null);
	}

	Workflow workflow() {
		return this.workflow;
	}

	Call call(ProcessStep step) {
		return Objects.requireNonNull(this.calls.get(step.address()));
	}

	/**
	 * What a step calls.
	 *
	 * @param process the id of the process
	 * @param given what the step passes
	 * @param fromInputs the arguments that come from the inputs of the run
	 */
	record Call(String process, StepArguments given, List<String> fromInputs) {

		Map<String, @Nullable Object> arguments(RunScope scope, Map<String, @Nullable Object> inputs) {
			Map<String, @Nullable Object> arguments = new LinkedHashMap<>(this.given.evaluate(scope));
			this.fromInputs.forEach((name) -> arguments.put(name, inputs.get(name)));
			return arguments;
		}

	}

}
