package io.theus.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.contract.ContractSpec;
import io.theus.process.ProcessDefinition;
import io.theus.run.WorkflowPlan.PlannedProcess;
import io.theus.run.WorkflowPlan.PlannedStep;
import io.theus.workflow.Block;
import io.theus.workflow.CallStep;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.Step;
import io.theus.workflow.WorkflowStep;

/**
 * Lists the steps that a workflow can take.
 */
final class Planner {

	private final List<PlannedStep> steps = new ArrayList<>();

	private final Set<BoundWorkflow> listed = new HashSet<>();

	// Those whose steps are being listed
	private final Deque<BoundWorkflow> open = new ArrayDeque<>();

	private Planner() {
	}

	/**
	 * Plan a workflow.
	 * @param workflow the workflow, linked
	 * @return its steps
	 */
	static WorkflowPlan plan(BoundWorkflow workflow) {
		Planner planner = new Planner();
		planner.list(workflow, 0);
		return new WorkflowPlan(workflow.workflow().name(), planner.steps);
	}

	private void list(BoundWorkflow workflow, int depth) {
		this.listed.add(workflow);
		this.open.push(workflow);
		list(workflow, workflow.workflow().body(), depth);
		Block onError = workflow.workflow().options().onError();
		if (onError != null) {
			list(workflow, onError, depth);
		}
		this.open.pop();
	}

	private void list(BoundWorkflow workflow, Block block, int depth) {
		for (Step step : block.steps()) {
			BoundWorkflow other = (step instanceof WorkflowStep called) ? workflow.linked(called).workflow() : null;
			this.steps.add(new PlannedStep(workflow.workflow().name(), step.id(), step.address(),
					step.accept(StepKind.NAMES), depth, block.name(), step.accept(StepFacts.AS_WRITTEN),
					processes(workflow, step), note(other)));
			step.blocks().forEach((part) -> list(workflow, part, depth + 1));
			if (other != null && !this.listed.contains(other)) {
				list(other, depth + 1);
			}
		}
	}

	private @Nullable String note(@Nullable BoundWorkflow other) {
		if (other == null || !this.listed.contains(other)) {
			return null;
		}
		return this.open.contains(other) ? "runs itself again" : "its steps are listed above";
	}

	private static List<PlannedProcess> processes(BoundWorkflow workflow, Step step) {
		Collection<ProcessDefinition> called = List.of();
		if (step instanceof ProcessStep process) {
			called = List.of(workflow.call(process).process());
		}
		else if (step instanceof CallStep call) {
			called = workflow.allowed(call);
		}
		return called.stream().map(Planner::planned).toList();
	}

	private static PlannedProcess planned(ProcessDefinition process) {
		ContractSpec spec = process.contract().spec();
		return new PlannedProcess(process.id(), spec.inputs(), spec.outputs(), spec.emits(), spec.sends(),
				spec.sideEffects());
	}

}
