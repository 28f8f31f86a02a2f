package io.theus.run;

import java.util.List;

/**
 * How an engine runs workflows.
 *
 * @param maxOps how many operations a run may take if its workflow does not say
 * @param debug whether each step, expression and value is logged
 * @param observers who hears of runs
 * @since 0.1.0
 */
public record WorkflowSettings(long maxOps, boolean debug, List<WorkflowObserver> observers) {

	/**
	 * The defaults: 10,000 operations, no trace, no observers.
	 */
	public static final WorkflowSettings DEFAULT = new WorkflowSettings(10_000, false, List.of());

	/**
	 * Create settings.
	 * @param maxOps at least 1
	 * @param debug whether to trace
	 * @param observers called in this order, copied
	 */
	public WorkflowSettings {
		if (maxOps < 1) {
			throw new IllegalArgumentException("max-ops is too small: max-ops=%d, use 1 or more".formatted(maxOps));
		}
		observers = List.copyOf(observers);
	}

}
