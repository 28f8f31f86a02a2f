package io.theus.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.error.LoggedFailure;
import io.theus.expression.ExpressionEvaluationException;
import io.theus.internal.yaml.SourcePosition;
import io.theus.signal.Signal;
import io.theus.state.Snapshot;
import io.theus.workflow.StepScope;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowTrigger;

/**
 * Starts a run of a workflow for each signal that it is meant for.
 */
final class Trigger implements Consumer<Signal> {

	private static final Logger logger = LoggerFactory.getLogger(Trigger.class);

	private final Workflow workflow;

	private final WorkflowTrigger trigger;

	private final RunEnvironment environment;

	private final Workflows workflows;

	Trigger(Workflow workflow, WorkflowTrigger trigger, RunEnvironment environment, Workflows workflows) {
		this.workflow = workflow;
		this.trigger = trigger;
		this.environment = environment;
		this.workflows = workflows;
	}

	// Nobody is there to be told but the log
	@Override
	public void accept(Signal signal) {
		try {
			start(new TriggerScope(signal));
		}
		catch (RuntimeException ex) {
			logger.error("Signal '{}' did not start a run of workflow '{}'", signal.topic(), this.workflow.name(),
					LoggedFailure.of(ex, logger));
		}
	}

	private void start(TriggerScope scope) {
		if (this.trigger.where() != null && !this.trigger.where().test(scope)) {
			return;
		}
		Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
		if (scope.signal.payload() instanceof Map<?, ?> payload) {
			this.workflow.inputs().keySet().forEach((name) -> {
				if (payload.containsKey(name)) {
					inputs.put(name, payload.get(name));
				}
			});
		}
		inputs.putAll(this.trigger.arguments().evaluate(scope));
		Object key = (this.trigger.key() != null) ? this.trigger.key().evaluate(scope) : null;
		this.workflows.start(this.workflow.name(), inputs,
				(key != null) ? RunOptions.key(String.valueOf(key)) : RunOptions.NONE);
	}

	/**
	 * What the expressions of a trigger see: the state and the payload.
	 */
	private final class TriggerScope implements StepScope {

		private final Signal signal;

		private final Snapshot snapshot = Trigger.this.environment.head();

		private TriggerScope(Signal signal) {
			this.signal = signal;
		}

		@Override
		public @Nullable Object resolve(String root) {
			return switch (root) {
				case "payload" -> this.signal.payload();
				case "signal", "cmd" -> this.snapshot.signals();
				case "inputs", "results", "run" -> null;
				case "meta" -> new MetaState(VisibleState.of(this.snapshot, root), Trigger.this.environment.facts());
				default -> VisibleState.of(this.snapshot, root);
			};
		}

		@Override
		public void evaluated(String expression, @Nullable Object value) {
			// A run is traced from its start
		}

		@Override
		public RuntimeException failed(ExpressionEvaluationException failure, @Nullable SourcePosition position) {
			return new WorkflowExpressionException(Trigger.this.workflow.name(), "on", failure, position);
		}

	}

}
