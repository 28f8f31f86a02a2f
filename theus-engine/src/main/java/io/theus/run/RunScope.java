package io.theus.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.expression.ExpressionEvaluationException;
import io.theus.internal.yaml.SourcePosition;
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

	private final Snapshot snapshot;

	private final Map<String, @Nullable Object> signals;

	private final EngineFacts facts;

	private final Trace trace;

	RunScope(Run run, Step step, Snapshot snapshot, Map<String, @Nullable Object> signals, EngineFacts facts,
			Trace trace) {
		this.run = run;
		this.step = step;
		this.snapshot = snapshot;
		this.signals = signals;
		this.facts = facts;
		this.trace = trace;
	}

	@Override
	public @Nullable Object resolve(String root) {
		return switch (root) {
			case "signal", "cmd" -> this.signals;
			case "inputs" -> this.run.inputs();
			case "results" -> this.run.results();
			case "run" -> Map.of("id", this.run.id(), "workflow", this.run.workflow());
			case "meta" -> new MetaState(VisibleState.of(this.snapshot, root), this.facts);
			default -> VisibleState.of(this.snapshot, root);
		};
	}

	@Override
	public void evaluated(String expression, @Nullable Object value) {
		this.trace.log(this.step, expression, value);
	}

	@Override
	public WorkflowExpressionException failed(ExpressionEvaluationException failure,
			@Nullable SourcePosition position) {
		return new WorkflowExpressionException(this.run.workflow(), this.step.id(), failure, position);
	}

}
