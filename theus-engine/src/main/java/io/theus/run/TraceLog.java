package io.theus.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.process.ProcessDefinition;
import io.theus.workflow.Step;

/**
 * Logs what a run does, for debugging.
 */
final class TraceLog implements Trace {

	private static final Logger logger = LoggerFactory.getLogger(TraceLog.class);

	private final boolean enabled;

	private final Run run;

	TraceLog(boolean enabled, Run run) {
		this.enabled = enabled;
		this.run = run;
	}

	@Override
	public void evaluated(Step step, String expression, @Nullable Object value) {
		log(step, expression, value);
	}

	@Override
	public void calling(Step step, ProcessDefinition process, Map<String, @Nullable Object> arguments) {
		if (this.enabled) {
			log(step, "arguments of " + process.id(), arguments);
		}
	}

	@Override
	public void returned(Step step, @Nullable Object result) {
		log(step, "result", result);
	}

	@Override
	public void threw(Step step, Throwable failure) {
		log(step, "failure", failure);
	}

	@Override
	public void visited(Step step, StepVisit visit) {
		if (this.enabled) {
			log(step, "outcome", (visit.block() != null) ? visit.outcome() + " " + visit.block() : visit.outcome());
		}
	}

	private void log(Step step, String what, @Nullable Object value) {
		if (this.enabled) {
			logger.info("Run '{}' of workflow '{}', step '{}': {} = {}", this.run.id(), this.run.workflow(), step.id(),
					what, value);
		}
	}

}
