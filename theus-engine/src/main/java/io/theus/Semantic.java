package io.theus;

/**
 * What a process is for: the second axis of the model. It bounds what the process may do
 * whatever it declares (the semantic firewall).
 *
 * @since 0.1.0
 */
public enum Semantic {

	/**
	 * Computes a value from declared inputs and does nothing else.
	 */
	PURE,

	/**
	 * Changes business state or the outside world, as declared.
	 */
	EFFECT,

	/**
	 * Steers: sees the control zones, emits commands and calls processes that act, but
	 * never alters business data itself.
	 */
	GUIDE

}
