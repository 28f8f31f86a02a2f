package io.theus.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.process.ProcessRegistry;
import io.theus.run.StepVisit.Outcome;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;
import io.theus.transaction.CommitCapture;
import io.theus.workflow.Block;
import io.theus.workflow.Condition;
import io.theus.workflow.GroupStep;
import io.theus.workflow.IfStep;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.Step;
import io.theus.workflow.WhileStep;

/**
 * Takes one run from step to step.
 */
// Used by one thread at a time. Where the run stands is a Position; each turn of the loop
// makes the next one out of it, so nothing about a run is kept on the stack of a thread.
//
// Counting: a visited step is one operation, an iteration of a loop another, counted
// before the step or the iteration begins. A loop is visited once and then stands at the
// end of its body, where its condition decides about the next iteration.
//
// Signals: the run keeps what its last process step emitted until the next one has
// committed, whatever others commit meanwhile. A step that ends well has committed, also
// if it had no effect.
final class Interpreter {

	private final BoundWorkflow workflow;

	private final Run run;

	private final ProcessRegistry processes;

	private final Supplier<Snapshot> head;

	private final EngineFacts facts;

	private final long maxOps;

	private final Trace trace;

	private @Nullable Position position;

	private long operations;

	private Map<String, @Nullable Object> signals = Map.of();

	Interpreter(BoundWorkflow workflow, Run run, ProcessRegistry processes, Supplier<Snapshot> head, EngineFacts facts,
			WorkflowSettings settings) {
		this.workflow = workflow;
		this.run = run;
		this.processes = processes;
		this.head = head;
		this.facts = facts;
		this.maxOps = Objects.requireNonNullElse(workflow.workflow().options().maxOps(), settings.maxOps());
		this.trace = new Trace(settings.debug(), run);
		this.position = Position.startOf(workflow.workflow().body(), null);
	}

	/**
	 * Take the run to its end.
	 */
	void execute() {
		if (this.run.isCancelRequested()) {
			this.run.become(RunState.CANCELLED);
			return;
		}
		this.run.become(RunState.RUNNING);
		try {
			for (Position at = this.position; at != null && !this.run.isCancelRequested(); at = this.position) {
				WhileStep loop = at.loop();
				this.position = (loop != null) ? repeat(at, loop) : visit(at);
			}
		}
		catch (Throwable ex) {
			this.run.fail(ex);
			return;
		}
		this.run.become((this.position == null) ? RunState.COMPLETED : RunState.CANCELLED);
	}

	private @Nullable Position repeat(Position at, WhileStep loop) {
		if (!holds(loop, loop.condition(), scope(loop))) {
			this.run.visited(loop, Outcome.PASSED, null);
			return at.afterLoop();
		}
		count(loop);
		this.run.visited(loop, Outcome.ENTERED, loop.body().name());
		return at.again();
	}

	private @Nullable Position visit(Position at) throws Throwable {
		Step step = at.step();
		count(step);
		Position after = at.afterStep();
		if (step instanceof ProcessStep process) {
			call(process);
			return after.settled();
		}
		if (step instanceof WhileStep loop) {
			return Position.endOf(loop.body(), after);
		}
		Block entered = (step instanceof IfStep choice) ? choose(choice) : ((GroupStep) step).body();
		if (entered == null) {
			this.run.visited(step, Outcome.PASSED, null);
			return after.settled();
		}
		this.run.visited(step, Outcome.ENTERED, entered.name());
		return Position.startOf(entered, after);
	}

	private void count(Step step) {
		this.operations++;
		if (this.operations > this.maxOps) {
			throw new FluxSafetyTripException(this.run.workflow(), step.id(), this.operations, this.maxOps);
		}
	}

	private @Nullable Block choose(IfStep choice) {
		RunScope scope = scope(choice);
		for (IfStep.Branch branch : choice.branches()) {
			if (holds(choice, branch.condition(), scope)) {
				return branch.block();
			}
		}
		return choice.otherwise();
	}

	private boolean holds(Step step, Condition condition, RunScope scope) {
		try {
			return condition.test(scope);
		}
		catch (Throwable ex) {
			this.run.visited(step, Outcome.FAILED, null);
			throw ex;
		}
	}

	private void call(ProcessStep step) throws Throwable {
		Call call = this.workflow.call(step);
		CommitCapture<Optional<Object>> called;
		try {
			Map<String, @Nullable Object> arguments = call.arguments(scope(step), this.run.inputs());
			this.trace.log(step, "arguments of " + call.process().id(), arguments);
			called = CommitCapture.of(() -> this.run.variables()
				.during(() -> Optional.ofNullable(this.processes.call(call.process().id(), arguments))));
		}
		catch (Throwable ex) {
			this.run.visited(step, Outcome.FAILED, null);
			throw ex;
		}
		Object result = called.result().orElse(null);
		this.trace.log(step, "result", result);
		this.signals = signals(called.commits());
		this.run.completed(step, result);
	}

	private static Map<String, @Nullable Object> signals(List<Snapshot> commits) {
		Map<String, @Nullable Object> signals = new LinkedHashMap<>();
		commits.forEach((commit) -> signals.putAll(commit.signals()));
		return Collections.unmodifiableMap(signals);
	}

	private RunScope scope(Step step) {
		return new RunScope(this.run, step, this.head.get(), this.signals, this.facts, this.trace);
	}

}
