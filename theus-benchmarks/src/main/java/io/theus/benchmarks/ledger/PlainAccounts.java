package io.theus.benchmarks.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The accounts without any guard. For one thread.
 */
class PlainAccounts {

	private final Map<String, Long> accounts = new HashMap<>();

	PlainAccounts(String... keys) {
		for (String key : keys) {
			this.accounts.put(key, 0L);
		}
	}

	/**
	 * Read two accounts and add one to the first.
	 * @param target the key of the account to read and to write
	 * @param other the key of the account to read only
	 */
	void increment(String target, String other) {
		long balance = Objects.requireNonNull(this.accounts.get(target));
		if (Objects.requireNonNull(this.accounts.get(other)) >= 0) {
			this.accounts.put(target, balance + 1);
		}
	}

	/**
	 * Add up all accounts.
	 * @return the sum
	 */
	long sum() {
		return this.accounts.values().stream().mapToLong(Long::longValue).sum();
	}

}
