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
	 * Paid for.
	 */
	PAID,

	/**
	 * Invoiced: done.
	 */
	INVOICED,

	/**
	 * Refused for lack of credit.
	 */
	REJECTED

}
