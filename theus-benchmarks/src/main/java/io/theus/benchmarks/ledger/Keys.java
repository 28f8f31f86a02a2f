package io.theus.benchmarks.ledger;

import java.util.stream.IntStream;

/**
 * The text keys of the accounts.
 *
 * @since 0.1.0
 */
public final class Keys {

	private Keys() {
	}

	/**
	 * Create a key.
	 * @param index the index of the account
	 * @return the key, a string of its own
	 */
	public static String of(int index) {
		return "account-" + index;
	}

	/**
	 * Create the keys. Each call makes strings of its own, so that a ledger that is
	 * filled with one array and asked with another compares text, as it does for keys
	 * that arrive with a request.
	 * @param count how many
	 * @return the keys, in the order of the accounts
	 */
	public static String[] create(int count) {
		return IntStream.range(0, count).mapToObj(Keys::of).toArray(String[]::new);
	}

}
