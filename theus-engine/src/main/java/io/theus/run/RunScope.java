package io.theus.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.expression.ExpressionEvaluationException;
import io.theus.internal.yaml.SourcePosition;
import io.theus.run.Locals.Item;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;
import io.theus.workflow.Step;
import io.theus.workflow.StepScope;

/**
 * What the expressions of one step see: a snapshot of the state, the signals of the run,
 * its inputs and results.
 */
final class RunScope implements StepScope {

	private final Run run;

	private final Step step;

	private final Locals locals;

	private final Snapshot snapshot;

	private final Map<String, @Nullable Object> signals;

	private final EngineFacts facts;

	private final Trace trace;

	private final @Nullable Object payload;

	RunScope(Run run, Step step, Locals locals, Snapshot snapshot, Map<String, @Nullable Object> signals,
			EngineFacts facts, Trace trace) {
		this(run, step, locals, snapshot, signals, facts, trace, null);
	}

	private RunScope(Run run, Step step, Locals locals, Snapshot snapshot, Map<String, @Nullable Object> signals,
			EngineFacts facts, Trace trace, @Nullable Object payload) {
		this.run = run;
		this.step = step;
		this.locals = locals;
		this.snapshot = snapshot;
		this.signals = signals;
		this.facts = facts;
		this.trace = trace;
		this.payload = payload;
	}

	/**
	 * Return the same scope with the payload of a signal.
	 * @param newPayload the payload
	 * @return a scope for one evaluation
	 */
	RunScope with(@Nullable Object newPayload) {
		return new RunScope(this.run, this.step, this.locals, this.snapshot, this.signals, this.facts, this.trace,
				newPayload);
	}

	@Override
	public @Nullable Object resolve(String root) {
		Item item = Item.find(this.locals.item(), root);
		if (item != null) {
			return item.value();
		}
		return switch (root) {
			case "signal", "cmd" -> this.signals;
			case "inputs" -> this.locals.inputs();
			case "results" -> this.locals.results();
			case "payload" -> this.payload;
			case "run" -> this.run.facts();
			case "meta" -> new MetaState(VisibleState.of(this.snapshot, root), this.facts);
			default -> VisibleState.of(this.snapshot, root);
		};
	}

	@Override
	public void evaluated(String expression, @Nullable Object value) {
		this.trace.evaluated(this.step, expression, value);
	}

	@Override
	public WorkflowExpressionException failed(ExpressionEvaluationException failure,
			@Nullable SourcePosition position) {
		return new WorkflowExpressionException(this.run.workflow(), this.step.id(), failure, position);
	}

}
