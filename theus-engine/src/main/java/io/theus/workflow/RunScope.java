package io.theus.workflow;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.expression.ExpressionEvaluationException;
import io.theus.expression.Scope;
import io.theus.internal.yaml.YamlScalar;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;

/**
 * What the expressions of one step see: a snapshot of the state, the signals of the run,
 * its inputs and results.
 */
final class RunScope implements Scope {

	/** The first names of expressions. */
	static final Set<String> ROOTS = Set.of("domain", "global", "meta", "signal", "cmd", "inputs", "results", "run");

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

	void trace(String expression, @Nullable Object value) {
		this.trace.log(this.step, expression, value);
	}

	WorkflowExpressionException failed(ExpressionEvaluationException failure, @Nullable YamlScalar source) {
		return new WorkflowExpressionException(this.run.workflow(), this.step.id(), failure,
				(source != null) ? source.error(failure.position(), failure.problem()).position() : null);
	}

}
