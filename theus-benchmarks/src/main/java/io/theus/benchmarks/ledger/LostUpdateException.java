package io.theus.benchmarks.ledger;

import io.theus.error.TheusException;

/**
 * Signals that a candidate's accounts do not add up to its transactions.
 */
final class LostUpdateException extends TheusException {

	private final long updates;

	private final long sum;

	LostUpdateException(long updates, long sum) {
		super("accounts do not add up to the transactions: transactions=" + updates + ", sum=" + sum
				+ ", do not count this measurement");
		this.updates = updates;
		this.sum = sum;
	}

	long updates() {
		return this.updates;
	}

	long sum() {
		return this.sum;
	}

}
