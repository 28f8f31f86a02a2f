package io.theus.run;

import java.util.Map;

import io.theus.telemetry.Activity;
import io.theus.workflow.Step;

/**
 * Watches the steps of runs while they go on, and knows the trace that a run belongs to.
 * A {@link StepObserver} hears of steps when they are over.
 * <p>
 * Implementations are safe for use by several threads and do not throw.
 *
 * @since 0.1.0
 */
public interface RunTelemetry {

	/**
	 * Watches none.
	 */
	RunTelemetry NONE = new RunTelemetry() {

		@Override
		public Map<String, String> trace() {
			return Map.of();
		}

		@Override
		public Activity begin(Run run, Step step) {
			return Activity.NONE;
		}

	};

	/**
	 * Return the trace that this thread works on, for a run that is started here. It is
	 * text because a run may rest for longer than anything else of the thread should be
	 * kept.
	 * @return what continues the trace, by name; empty if there is none
	 */
	Map<String, String> trace();

	/**
	 * A run comes to a step, makes a further attempt at it, or goes on behind it after a
	 * wait; it may have waited, but what is begun here does not. Called on the thread
	 * that takes the run further.
	 * @param run the run, with its {@link Run#trace() trace}
	 * @param step the step
	 * @return the visit, bound to the thread while the step calls a process or emits; its
	 * outcome is the name of a {@link StepVisit.Outcome}, which a run that is stopped or
	 * whose engine is closed has not
	 */
	Activity begin(Run run, Step step);

}
