package io.theus.benchmarks.group;

/**
 * What a trial yields in each round.
 *
 * @since 0.1.0
 */
public enum Figure {

	/** The operations per second of all its threads together. */
	SPEED,

	/**
	 * The operations of its slowest thread, as a part of what a thread does on average;
	 * of trials on several threads.
	 */
	FAIRNESS,

	/** The bytes that are alive after a collection; of trials that hold data. */
	HEAP,

	/**
	 * The bytes that are alive after a collection, divided by the operations of an
	 * invocation; of trials that hold data for each operation.
	 */
	HEAP_EACH

}
