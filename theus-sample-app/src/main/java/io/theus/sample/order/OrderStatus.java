package io.theus.sample.order;

/**
 * Where an order is on its way.
 *
 * @since 0.1.0
 */
public enum OrderStatus {

	/**
	 * Taken in.
	 */
	PLACED,

	/**
	 * So expensive that somebody has to approve it.
	 */
	AWAITING_APPROVAL,

	/**
	 * To be delivered.
	 */
	ACCEPTED,

	/**
	 * Paid for.
	 */
	PAID,

	/**
	 * Invoiced and packed: done.
	 */
	INVOICED,

	/**
	 * Refused: for lack of credit, or because nobody approved it.
	 */
	REJECTED,

	/**
	 * Given up on the way, with all that had been done for it undone.
	 */
	CANCELLED

}
