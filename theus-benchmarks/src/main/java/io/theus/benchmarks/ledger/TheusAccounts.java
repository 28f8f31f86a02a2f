package io.theus.benchmarks.ledger;

import io.theus.ProcessContext;
import io.theus.TransactionContext;
import io.theus.annotation.Process;

/**
 * The accounts as a process author writes them.
 */
class TheusAccounts {

	private final ProcessContext state;

	TheusAccounts(ProcessContext state) {
		this.state = state;
	}

	/**
	 * Read two accounts and add one to the first.
	 * @param target the key of the account to read and to write
	 * @param other the key of the account to read only
	 */
	@Process(inputs = "domain.accounts.{other}", updates = "domain.accounts.{target}")
	void increment(String target, String other) {
		increment(this.state, target, other);
	}

	static void increment(TransactionContext state, String target, String other) {
		long balance = state.get(TheusTransactionLedger.ACCOUNTS, target);
		if (state.get(TheusTransactionLedger.ACCOUNTS, other) >= 0) {
			state.set(TheusTransactionLedger.ACCOUNTS, target, balance + 1);
		}
	}

}
