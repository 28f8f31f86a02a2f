package io.theus.workflow;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.error.Suggestions;
import io.theus.internal.yaml.SourcePosition;

/**
 * Checks what only shows when a workflow is seen as a whole, whether it comes from a
 * document or from Java.
 */
final class WorkflowChecks {

	private final Workflow workflow;

	private final Set<String> resultIds = new LinkedHashSet<>();

	private WorkflowChecks(Workflow workflow) {
		this.workflow = workflow;
		workflow.forEachStep((step) -> {
			if (hasResult(step)) {
				this.resultIds.add(step.id());
			}
		});
	}

	// The payload of a wait is its result; one for a condition has none
	private static boolean hasResult(Step step) {
		return step instanceof ProcessStep || step instanceof CallStep || step instanceof WorkflowStep
				|| step instanceof ForEachStep || step instanceof ParallelStep
				|| (step instanceof WaitStep wait && wait.signal() != null);
	}

	static void check(Workflow workflow) {
		WorkflowChecks checks = new WorkflowChecks(workflow);
		checks.references();
		checks.returns(workflow.body(), null);
		Block onError = workflow.options().onError();
		if (onError != null) {
			checks.returns(onError, "'return' has no meaning in 'on-error', the run has failed already, leave it out");
		}
	}

	private void references() {
		StepReferences references = new StepReferences();
		this.workflow.forEachStep((step) -> step.accept(references).forEach(this::reference));
	}

	private void reference(Reference reference) {
		if (reference.root().equals("inputs")) {
			reference(reference, "there is no input '%s'", this.workflow.inputs().keySet());
		}
		else if (reference.root().equals("results")) {
			reference(reference, "there is no step '%s' that has a result", this.resultIds);
		}
	}

	private void reference(Reference reference, String problem, Collection<String> known) {
		String name = reference.name();
		if (!known.contains(name)) {
			throw invalid(reference.position(), "expression reads '%s.%s', but %s%s, known=%s".formatted(
					reference.root(), name, problem.formatted(name), Suggestions.didYouMean(name, known), known));
		}
	}

	// A problem is what is wrong with a return in the block, null if nothing is
	private void returns(Block block, @Nullable String problem) {
		for (Step step : block.steps()) {
			if (step instanceof ReturnStep && problem != null) {
				throw invalid(step.label().position(), problem);
			}
			boolean branches = step instanceof ParallelStep
					|| (step instanceof ForEachStep loop && loop.parallel() > 1);
			String within = branches ? "'return' cannot stand in a parallel branch, which cannot return for the others,"
					+ " return after the branches have joined" : problem;
			step.blocks().forEach((inner) -> returns(inner, within));
		}
	}

	private InvalidWorkflowException invalid(@Nullable SourcePosition position, String problem) {
		return new InvalidWorkflowException(this.workflow.name(), problem, position, null);
	}

}
