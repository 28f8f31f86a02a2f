package io.theus.transaction;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;

/**
 * How an explicit transaction runs.
 *
 * @param name what it is called in diagnoses and logs, possibly empty
 * @param attempts how often it may run when its commit is refused, at least 1
 * @param timeout the limit over all attempts and waits, {@code null} for the engine's
 * @param isolation how much must not have changed when it commits
 * @since 0.1.0
 */
public record TransactionOptions(String name, int attempts, @Nullable Duration timeout, Isolation isolation) {

	/**
	 * One attempt within the engine's time limit.
	 */
	public static final TransactionOptions DEFAULT = new TransactionOptions("", 1, null, Isolation.DEFAULT);

	/**
	 * Check the values.
	 */
	public TransactionOptions {
		if (attempts < 1) {
			throw new IllegalArgumentException(
					"a transaction needs at least one attempt: attempts=" + attempts + ", use 1 or more");
		}
		if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
			throw new IllegalArgumentException(
					"a transaction needs time: timeout=" + timeout + ", use a positive duration");
		}
	}

	/**
	 * Name the transaction.
	 * @param newName what it is called in diagnoses and logs
	 * @return the options
	 */
	public static TransactionOptions named(String newName) {
		return new TransactionOptions(newName, 1, null, Isolation.DEFAULT);
	}

	/**
	 * Run again on conflict.
	 * @param newAttempts how often it may run, the first time included
	 * @return the options
	 */
	public TransactionOptions withAttempts(int newAttempts) {
		return new TransactionOptions(this.name, newAttempts, this.timeout, this.isolation);
	}

	/**
	 * Limit the time.
	 * @param newTimeout the limit over all attempts and waits
	 * @return the options
	 */
	public TransactionOptions withTimeout(Duration newTimeout) {
		return new TransactionOptions(this.name, this.attempts, newTimeout, this.isolation);
	}

	/**
	 * Set how much must not have changed when it commits.
	 * @param newIsolation the isolation
	 * @return the options
	 */
	public TransactionOptions withIsolation(Isolation newIsolation) {
		return new TransactionOptions(this.name, this.attempts, this.timeout, newIsolation);
	}

}
