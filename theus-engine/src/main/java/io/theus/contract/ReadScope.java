package io.theus.contract;

/**
 * How much of a node a read sees.
 *
 * @since 0.1.0
 */
public enum ReadScope {

	/**
	 * The value with everything below it.
	 */
	VALUE,

	/**
	 * Its keys and size only.
	 */
	KEYS

}
