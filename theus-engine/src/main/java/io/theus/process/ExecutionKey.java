package io.theus.process;

import java.time.Duration;

/**
 * Identifies an execution among those of its process, so that a repetition returns what
 * the first one did.
 *
 * @param key not blank, for example the id of a message
 * @param retention how long after the commit the result is kept, positive
 * @since 0.1.0
 */
public record ExecutionKey(String key, Duration retention) {

	/**
	 * How long results are kept where nobody says.
	 */
	public static final Duration RETENTION = Duration.ofDays(7);

	/**
	 * Check the parts.
	 */
	public ExecutionKey {
		if (key.isBlank()) {
			throw new IllegalArgumentException(
					"execution key is blank: key='%s', use for example the id of a message".formatted(key));
		}
		if (retention.isZero() || retention.isNegative()) {
			throw new IllegalArgumentException(
					"retention of execution key '%s' is not positive: retention=%s, use for example 7 days"
						.formatted(key, retention));
		}
	}

	/**
	 * Identify an execution whose result is kept for 7 days.
	 * @param key not blank
	 * @return the key
	 */
	public static ExecutionKey of(String key) {
		return new ExecutionKey(key, RETENTION);
	}

	/**
	 * Keep the result for another time.
	 * @param time how long after the commit, positive
	 * @return the key
	 */
	public ExecutionKey retain(Duration time) {
		return new ExecutionKey(this.key, time);
	}

}
