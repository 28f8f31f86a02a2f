package io.theus.benchmarks.ledger;

import java.util.stream.IntStream;

/**
 * The text keys of the accounts.
 */
final class Keys {

	private Keys() {
	}

	/**
	 * Create the keys. Each call makes strings of its own, so that a ledger that is
	 * filled with one array and asked with another compares text, as it does for keys
	 * that arrive with a request.
	 * @param count how many
	 * @return the keys, in the order of the accounts
	 */
	static String[] create(int count) {
		return IntStream.range(0, count).mapToObj((index) -> "account-" + index).toArray(String[]::new);
	}

}
