package io.theus.workflow;

import java.time.Duration;
import java.util.List;

/**
 * How often a step is tried again when its process fails as declared. Conflicts have
 * rules of their own.
 *
 * @param attempts how often it is tried at most, the first time included, at least 2
 * @param backoff how long to wait before the second attempt; doubles with each further
 * one
 * @param errors which failures, empty for all that the process declares
 * @since 0.1.0
 */
public record RetryRule(int attempts, Duration backoff, List<Name> errors) {

	/**
	 * Create a rule.
	 * @param attempts at least 2
	 * @param backoff not negative
	 * @param errors copied
	 */
	public RetryRule {
		errors = List.copyOf(errors);
	}

}
