package io.theus.run;

import java.util.List;

/**
 * How an engine runs workflows.
 *
 * @param maxOps how many operations a run may take if its workflow does not say
 * @param debug whether each step, expression and value is logged
 * @param observers who hears of runs
 * @param keepEnded how many runs that have ended can still be found
 * @param stepObservers who hears of steps; without any, steps are not timed
 * @param telemetry watches steps while they go on
 * @since 0.1.0
 */
public record WorkflowSettings(long maxOps, boolean debug, List<WorkflowObserver> observers, int keepEnded,
		List<StepObserver> stepObservers, RunTelemetry telemetry) {

	/**
	 * The defaults: 10,000 operations, no trace, no observers, 1,000 runs that have
	 * ended.
	 */
	public static final WorkflowSettings DEFAULT = new WorkflowSettings(10_000, false, List.of());

	/**
	 * Create settings.
	 * @param maxOps at least 1
	 * @param debug whether to trace
	 * @param observers called in this order, copied
	 * @param keepEnded at least 0
	 * @param stepObservers called in this order, copied
	 * @param telemetry watches steps
	 */
	public WorkflowSettings {
		if (maxOps < 1) {
			throw new IllegalArgumentException("max-ops is too small: max-ops=%d, use 1 or more".formatted(maxOps));
		}
		if (keepEnded < 0) {
			throw new IllegalArgumentException(
					"keep-ended is too small: keep-ended=%d, use 0 or more".formatted(keepEnded));
		}
		observers = List.copyOf(observers);
		stepObservers = List.copyOf(stepObservers);
	}

	/**
	 * Create settings without anybody who watches steps.
	 * @param maxOps at least 1
	 * @param debug whether to trace
	 * @param observers called in this order, copied
	 * @param keepEnded at least 0
	 * @param stepObservers called in this order, copied
	 */
	public WorkflowSettings(long maxOps, boolean debug, List<WorkflowObserver> observers, int keepEnded,
			List<StepObserver> stepObservers) {
		this(maxOps, debug, observers, keepEnded, stepObservers, RunTelemetry.NONE);
	}

	/**
	 * Create settings without observers of steps.
	 * @param maxOps at least 1
	 * @param debug whether to trace
	 * @param observers called in this order, copied
	 * @param keepEnded at least 0
	 */
	public WorkflowSettings(long maxOps, boolean debug, List<WorkflowObserver> observers, int keepEnded) {
		this(maxOps, debug, observers, keepEnded, List.of());
	}

	/**
	 * Create settings that keep as many runs as the defaults do, without observers of
	 * steps.
	 * @param maxOps at least 1
	 * @param debug whether to trace
	 * @param observers called in this order, copied
	 */
	public WorkflowSettings(long maxOps, boolean debug, List<WorkflowObserver> observers) {
		this(maxOps, debug, observers, 1_000);
	}

	/**
	 * Return the same settings with somebody who watches steps.
	 * @param newTelemetry watches steps
	 * @return the settings
	 */
	public WorkflowSettings watchedBy(RunTelemetry newTelemetry) {
		return new WorkflowSettings(this.maxOps, this.debug, this.observers, this.keepEnded, this.stepObservers,
				newTelemetry);
	}

}
