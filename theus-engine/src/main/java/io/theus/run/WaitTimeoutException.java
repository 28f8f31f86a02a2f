package io.theus.run;

import java.time.Duration;

import io.theus.error.TheusException;

/**
 * What a step waited for has not come in time, and the step does not say what to do then.
 *
 * @since 0.1.0
 */
public final class WaitTimeoutException extends TheusException {

	private final String workflow;

	private final String step;

	private final Duration timeout;

	WaitTimeoutException(String workflow, String step, String awaited, Duration timeout) {
		super("step '%s' of workflow '%s' has waited in vain for %s: timeout=%s, add 'else' to go on without"
			.formatted(step, workflow, awaited, timeout));
		this.workflow = workflow;
		this.step = step;
		this.timeout = timeout;
	}

	/**
	 * Return the workflow.
	 * @return its name
	 */
	public String workflow() {
		return this.workflow;
	}

	/**
	 * Return the step.
	 * @return its id
	 */
	public String step() {
		return this.step;
	}

	/**
	 * Return the limit.
	 * @return how long the step has waited
	 */
	public Duration timeout() {
		return this.timeout;
	}

}
