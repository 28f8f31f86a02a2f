package io.theus.conflict;

/**
 * What a ticket keeps for its holder.
 *
 * @since 0.1.0
 */
public enum TicketScope {

	/**
	 * What the execution declares and has touched.
	 */
	EXECUTION,

	/**
	 * The whole state of the engine.
	 */
	ENGINE

}
