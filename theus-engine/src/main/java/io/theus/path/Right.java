package io.theus.path;

/**
 * What can be done at a path. A {@link Zone} grants a subset of these rights at most.
 *
 * @since 0.1.0
 */
public enum Right {

	/**
	 * See the value.
	 */
	READ,

	/**
	 * Add an element at the end of a list, creating the list if need be.
	 */
	APPEND,

	/**
	 * Create a value or replace it.
	 */
	UPDATE,

	/**
	 * Remove a value.
	 */
	DELETE,

	/**
	 * Emit a signal or command, published after the commit.
	 */
	EMIT

}
