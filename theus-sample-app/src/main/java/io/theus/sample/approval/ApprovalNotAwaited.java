package io.theus.sample.approval;

/**
 * An answer for an order that waits for none, or has one already.
 *
 * @since 0.1.0
 */
public class ApprovalNotAwaited extends Exception {

	/**
	 * Create the exception.
	 * @param message what the order is doing instead
	 */
	public ApprovalNotAwaited(String message) {
		super(message);
	}

}
