package io.theus;

/**
 * How much of what a process could see must not have changed when it commits.
 *
 * @since 0.1.0
 */
public enum Isolation {

	/**
	 * As the engine is configured.
	 */
	DEFAULT,

	/**
	 * What it read or wrote. Committed work is serialisable, write skew included.
	 */
	HYBRID,

	/**
	 * Everything that its contract covers in this call, touched or not; without a
	 * contract, the whole state.
	 */
	SAFE,

	/**
	 * Nothing: reads see the live state, each write is a commit of its own, and what was
	 * written stays when the body fails later. For dashboards and telemetry, not for
	 * values that depend on each other.
	 */
	RAW

}
