package io.theus.benchmarks.ledger;

/**
 * How large a ledger is. All but the number of accounts concerns only Theus.
 *
 * @param accounts the number of accounts
 * @param processes the number of processes that are registered with the engine
 * @param versions the number of versions that the engine keeps
 * @param ring the capacity of the engine's meta log
 * @param lag how many commits have been made since the version that a compare-and-swap is
 * based on
 */
record LedgerSize(int accounts, int processes, int versions, int ring, int lag) {

	/**
	 * Create a size with the engine's defaults.
	 * @param accounts the number of accounts
	 * @return the size
	 */
	static LedgerSize of(int accounts) {
		return new LedgerSize(accounts, 1, 256, 1000, 0);
	}

}
