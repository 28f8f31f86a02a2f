package io.theus.benchmarks.ledger;

/**
 * A number of accounts, each of which starts at zero.
 * <p>
 * Accounts are named by their index, so that drawing one costs every candidate the same;
 * an implementation turns the index into the text key and finds the account by that key.
 * Safe for use by several threads unless the implementation says otherwise.
 */
interface Ledger extends AutoCloseable {

	/**
	 * Read two accounts and, unless the second is overdrawn, add one to the first, as one
	 * transaction. No account is ever overdrawn; the condition only makes sure that the
	 * second read is not optimised away.
	 * @param target the account to read and to write
	 * @param other the account to read only
	 */
	void increment(int target, int other);

	/**
	 * Add up all accounts.
	 * @return the sum
	 */
	long sum();

	/**
	 * Release what the ledger holds.
	 */
	@Override
	default void close() {
	}

}
