package io.theus.sample.parcel;

/**
 * No courier takes a parcel.
 *
 * @since 0.1.0
 */
public class NoCourier extends Exception {

	/**
	 * Create the exception.
	 * @param orderId the order
	 * @param pieces how many pieces it has
	 * @param limit how many a courier carries
	 */
	public NoCourier(String orderId, long pieces, long limit) {
		super("no courier takes the parcel of order '%s': pieces=%d limit=%d, split the order".formatted(orderId,
				pieces, limit));
	}

}
