package io.theus.run;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.workflow.Step;

/**
 * Logs what a run does, for debugging.
 */
final class Trace {

	private static final Logger logger = LoggerFactory.getLogger(Trace.class);

	private final boolean enabled;

	private final Run run;

	Trace(boolean enabled, Run run) {
		this.enabled = enabled;
		this.run = run;
	}

	void log(Step step, String what, @Nullable Object value) {
		if (this.enabled) {
			logger.info("Run '{}' of workflow '{}', step '{}': {} = {}", this.run.id(), this.run.workflow(), step.id(),
					what, value);
		}
	}

}
