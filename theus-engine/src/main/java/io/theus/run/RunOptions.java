package io.theus.run;

import org.jspecify.annotations.Nullable;

/**
 * How one run differs from others of its workflow.
 *
 * @param key identifies the run among those of its workflow: there is at most one under a
 * key; {@code null} for none
 * @param maxOps how many operations it may take between two suspensions, {@code null} for
 * the limit of its workflow
 * @param debug whether its steps, expressions and values are logged, {@code null} for
 * what the engine is set to
 * @since 0.1.0
 */
public record RunOptions(@Nullable String key, @Nullable Long maxOps, @Nullable Boolean debug) {

	/**
	 * A run like all others.
	 */
	public static final RunOptions NONE = new RunOptions(null, null, null);

	/**
	 * Create options.
	 * @param key not blank
	 * @param maxOps at least 1
	 * @param debug whether to trace
	 */
	public RunOptions {
		if (key != null && key.isBlank()) {
			throw new IllegalArgumentException("the key of a run is empty, give it a text or start it without");
		}
		if (maxOps != null && maxOps < 1) {
			throw new IllegalArgumentException("max-ops is too small: max-ops=%d, use 1 or more".formatted(maxOps));
		}
	}

	/**
	 * Identify a run.
	 * @param key identifies the run among those of its workflow
	 * @return options with the key
	 */
	public static RunOptions key(String key) {
		return new RunOptions(key, null, null);
	}

	/**
	 * Return the same options with a limit of operations.
	 * @param newMaxOps at least 1
	 * @return the options
	 */
	public RunOptions withMaxOps(long newMaxOps) {
		return new RunOptions(this.key, newMaxOps, this.debug);
	}

	/**
	 * Return the same options with a trace.
	 * @param newDebug whether steps, expressions and values are logged
	 * @return the options
	 */
	public RunOptions withDebug(boolean newDebug) {
		return new RunOptions(this.key, this.maxOps, newDebug);
	}

}
