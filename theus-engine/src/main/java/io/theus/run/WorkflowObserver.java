package io.theus.run;

/**
 * Hears of the runs of workflows.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface WorkflowObserver {

	/**
	 * A run has changed its state. For one run the calls come one after the other, in
	 * order, the first with {@link RunState#PENDING}; those who wait for the run go on
	 * after the last. What is thrown is logged and goes no further.
	 * @param run the run
	 * @param state what it has become
	 */
	void stateChanged(Run run, RunState state);

}
