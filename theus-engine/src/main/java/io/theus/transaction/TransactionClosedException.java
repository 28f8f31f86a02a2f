package io.theus.transaction;

import io.theus.error.TheusException;

/**
 * A context was used after its transaction had ended, or where none was running.
 *
 * @since 0.1.0
 */
public class TransactionClosedException extends TheusException {

	/**
	 * Create the exception.
	 * @param message what was used and what to do instead
	 */
	public TransactionClosedException(String message) {
		super(message);
	}

}
