package io.theus.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.internal.yaml.SourcePosition;
import io.theus.workflow.InvalidInputException;
import io.theus.workflow.Operand;
import io.theus.workflow.StepArguments;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowInput;
import io.theus.workflow.WorkflowStep;
import io.theus.workflow.WorkflowTrigger;

/**
 * Finds the workflows that the steps of a workflow run, and checks what they are given.
 */
final class WorkflowLinker {

	private final Workflow workflow;

	private final Problems problems;

	WorkflowLinker(Workflow workflow) {
		this.workflow = workflow;
		this.problems = new Problems(workflow.name());
	}

	Map<String, Link> link(Function<String, BoundWorkflow> lookup) {
		Map<String, Link> links = new HashMap<>();
		this.workflow.forEachStep((step) -> {
			if (step instanceof WorkflowStep called) {
				links.put(step.address(), link(called, lookup));
			}
		});
		return links;
	}

	private Link link(WorkflowStep step, Function<String, BoundWorkflow> lookup) {
		BoundWorkflow other = this.problems.at(step.workflow().position(), WorkflowNotFoundException.class,
				() -> lookup.apply(step.workflow().text()));
		checkGiven(step.arguments(), other.workflow());
		List<String> fromInputs = new ArrayList<>();
		for (WorkflowInput input : other.workflow().inputs().values()) {
			if (step.arguments().names().contains(input.name())) {
				continue;
			}
			if (this.workflow.inputs().containsKey(input.name())) {
				fromInputs.add(input.name());
			}
			else if (input.required()) {
				throw this.problems.at(step.workflow().position(),
						"input '%s' of workflow '%s' is missing, add it to 'with' or to the inputs of the workflow"
							.formatted(input.name(), other.workflow().name()));
			}
		}
		return new Link(other, step.arguments(), List.copyOf(fromInputs));
	}

	/**
	 * Check what a signal passes to the runs that it starts.
	 */
	void checkTrigger() {
		WorkflowTrigger trigger = this.workflow.options().trigger();
		if (trigger != null) {
			checkGiven(trigger.arguments(), this.workflow);
		}
	}

	private void checkGiven(StepArguments given, Workflow other) {
		Set<String> known = other.inputs().keySet();
		for (String name : given.names()) {
			SourcePosition position = given.position(name);
			WorkflowInput input = other.inputs().get(name);
			if (input == null) {
				throw this.problems.at(position, "workflow '%s' has no input '%s'%s, known=%s".formatted(other.name(),
						name, Suggestions.didYouMean(name, known), known));
			}
			checkConstant(position, other, input, given.get(name));
		}
	}

	private void checkConstant(@Nullable SourcePosition position, Workflow other, WorkflowInput input,
			@Nullable Operand value) {
		if (value != null && value.isConstant()) {
			this.problems.at(position, InvalidInputException.class, () -> {
				input.check(other.name(), value.source());
				return input;
			});
		}
	}

}
