package io.theus.run;

import io.theus.error.TheusException;

/**
 * A run was stopped because it took more operations than its limit allows: it probably
 * loops forever. One operation is counted for each step that is visited and for each
 * iteration of a loop.
 *
 * @since 0.1.0
 */
public final class FluxSafetyTripException extends TheusException {

	private final String workflow;

	private final String step;

	private final long operations;

	private final long maxOps;

	FluxSafetyTripException(String workflow, String step, long operations, long maxOps) {
		super("workflow '%s' was stopped at step '%s' by its limit of operations: operations=%d, max-ops=%d, end the loop or raise max-ops"
			.formatted(workflow, step, operations, maxOps));
		this.workflow = workflow;
		this.step = step;
		this.operations = operations;
		this.maxOps = maxOps;
	}

	/**
	 * Return the workflow.
	 * @return its name
	 */
	public String workflow() {
		return this.workflow;
	}

	/**
	 * Return the step that was about to be visited or repeated.
	 * @return its id
	 */
	public String step() {
		return this.step;
	}

	/**
	 * Return how many operations there were, the one that was refused included.
	 * @return one more than the limit
	 */
	public long operations() {
		return this.operations;
	}

	/**
	 * Return the limit.
	 * @return how many operations are allowed
	 */
	public long maxOps() {
		return this.maxOps;
	}

}
