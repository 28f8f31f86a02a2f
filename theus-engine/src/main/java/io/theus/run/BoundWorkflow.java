package io.theus.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessRegistry;
import io.theus.process.SharedPlaces;
import io.theus.workflow.CallOptions;
import io.theus.workflow.CallStep;
import io.theus.workflow.ErrorHandler;
import io.theus.workflow.InvalidWorkflowException;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.RetryRule;
import io.theus.workflow.Step;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowStep;

/**
 * A workflow whose processes have been found and whose calls have been checked.
 */
// Bound first and linked when all workflows are there, since they may name each other and
// themselves. Everything but the links never changes.
final class BoundWorkflow {

	private final Workflow workflow;

	// By address of the step
	private final Map<String, Call.Declared> calls = new HashMap<>();

	private final Map<String, AllowedProcesses> allowed = new HashMap<>();

	private final Map<String, Compensation> compensations = new HashMap<>();

	private volatile Map<String, Link> links = Map.of();

	private BoundWorkflow(Workflow workflow) {
		this.workflow = workflow;
	}

	/**
	 * Check a workflow against the processes.
	 * @param workflow the workflow
	 * @param processes all processes
	 * @return the workflow and what its steps call
	 * @throws InvalidWorkflowException if a process is not found or ambiguous, or does
	 * not have what a step passes, needs, catches or retries
	 */
	static BoundWorkflow bind(Workflow workflow, ProcessRegistry processes) {
		BoundWorkflow bound = new BoundWorkflow(workflow);
		CallBinding binding = new CallBinding(workflow, processes);
		workflow.forEachStep((step) -> bound.bind(step, binding));
		new WorkflowLinker(workflow).checkTrigger();
		return bound;
	}

	private void bind(Step step, CallBinding binding) {
		if (step instanceof ProcessStep process) {
			Call.Declared call = binding.bind(process);
			this.calls.put(step.address(), call);
			Compensation undo = binding.compensation(step, process.options(), List.of(call.process()));
			if (undo != null) {
				this.compensations.put(step.address(), undo);
			}
		}
		else if (step instanceof CallStep call) {
			AllowedProcesses processes = binding.bind(call);
			this.allowed.put(step.address(), processes);
			Compensation undo = binding.compensation(step, call.options(), processes.all());
			if (undo != null) {
				this.compensations.put(step.address(), undo);
			}
		}
	}

	/**
	 * Find the workflows that steps of this one run. To be called when all are there.
	 * @param lookup finds a workflow, or throws a {@link WorkflowNotFoundException}
	 * @throws InvalidWorkflowException if one is not found, or does not have the inputs
	 * that a step passes, or lacks some
	 */
	void link(Function<String, BoundWorkflow> lookup) {
		this.links = new WorkflowLinker(this.workflow).link(lookup);
	}

	Workflow workflow() {
		return this.workflow;
	}

	Call call(ProcessStep step) {
		return Objects.requireNonNull(this.calls.get(step.address()));
	}

	/**
	 * Find what a step calls whose process an expression names.
	 * @param step the step
	 * @param name what the expression gave
	 * @return the call
	 * @throws ProcessNotAllowedException if the step does not allow it
	 */
	Call dynamicCall(CallStep step, @Nullable Object name) {
		AllowedProcesses processes = Objects.requireNonNull(this.allowed.get(step.address()));
		return new Call.Chosen(processes.find(name), step.arguments());
	}

	/**
	 * Return what a step may call whose process an expression names.
	 * @param step the step
	 * @return the processes in the order in which they are listed
	 */
	Collection<ProcessDefinition> allowed(CallStep step) {
		return Objects.requireNonNull(this.allowed.get(step.address())).all();
	}

	/**
	 * Find what undoes a step.
	 * @param step the step
	 * @return the compensation, {@code null} if it has none
	 */
	@Nullable Compensation compensation(Step step) {
		return this.compensations.get(step.address());
	}

	/**
	 * Find the steps that replace a call that has failed.
	 * @param options how the process was called
	 * @param call what was called
	 * @param failure what it threw
	 * @return the first handler of an error that the process declares and the failure is,
	 * {@code null} if there is none
	 */
	@Nullable ErrorHandler handlerFor(CallOptions options, Call call, Throwable failure) {
		for (ErrorHandler handler : options.handlers()) {
			if (DeclaredErrors.handles(handler, call.process(), failure)) {
				return handler;
			}
		}
		return null;
	}

	/**
	 * Return whether a call that has failed may be tried again.
	 * @param options how the process was called
	 * @param call what was called
	 * @param failure what it threw
	 * @return whether the failure is one of those that are tried again, however often
	 * that was done already
	 */
	boolean retries(CallOptions options, Call call, Throwable failure) {
		RetryRule retry = options.retry();
		return retry != null && DeclaredErrors.retries(retry, call.process(), failure);
	}

	/**
	 * Look for mistakes that do not keep the workflow from running. To be called when it
	 * is linked.
	 * @param places what may be written by several at the same time
	 * @return what to tell the author, a sentence each
	 */
	List<String> warnings(SharedPlaces places) {
		return BranchWarnings.of(this, places);
	}

	/**
	 * Find the workflow that a step runs.
	 * @param step the step
	 * @return the workflow and what it is given
	 * @throws IllegalStateException if this workflow was not linked yet
	 */
	Link linked(WorkflowStep step) {
		Link link = this.links.get(step.address());
		if (link == null) {
			throw new IllegalStateException("workflow '%s' was not linked, link it when all workflows are there"
				.formatted(this.workflow.name()));
		}
		return link;
	}

}
