package io.theus.run;

import java.time.Duration;

import io.theus.error.TheusException;

/**
 * A run has taken longer than its workflow allows.
 *
 * @since 0.1.0
 */
public final class RunTimeoutException extends TheusException {

	private final String workflow;

	private final Duration timeout;

	RunTimeoutException(String workflow, Duration timeout) {
		super("run of workflow '%s' has taken too long: timeout=%s, raise the timeout or end its waits earlier"
			.formatted(workflow, timeout));
		this.workflow = workflow;
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
	 * Return the limit.
	 * @return how long a run may take
	 */
	public Duration timeout() {
		return this.timeout;
	}

}
