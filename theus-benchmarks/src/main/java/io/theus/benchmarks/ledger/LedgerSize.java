package io.theus.benchmarks.ledger;

/**
 * How large a ledger is.
 *
 * @param accounts the number of accounts
 * @param processes the number of processes that are registered with the engine, which
 * concerns no other candidate
 */
record LedgerSize(int accounts, int processes) {

}
