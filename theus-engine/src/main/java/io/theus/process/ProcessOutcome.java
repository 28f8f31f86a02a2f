package io.theus.process;

/**
 * How an execution ended.
 *
 * @since 0.1.0
 */
public enum ProcessOutcome {

	/**
	 * It committed.
	 */
	COMMITTED,

	/**
	 * It failed with an exception that the process declares.
	 */
	DECLARED,

	/**
	 * It failed with an exception that the process does not declare.
	 */
	UNDECLARED,

	/**
	 * It was refused by a rule: contract, zone, value, schema, argument.
	 */
	REFUSED,

	/**
	 * It has passed, and then its caller has rolled back what it was a part of.
	 */
	ROLLED_BACK,

	/**
	 * All its attempts conflicted.
	 */
	CONFLICT,

	/**
	 * Its time was over.
	 */
	TIMEOUT,

	/**
	 * It was given up before it could commit.
	 */
	CANCELLED

}
