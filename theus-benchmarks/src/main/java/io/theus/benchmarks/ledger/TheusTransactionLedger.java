package io.theus.benchmarks.ledger;

import java.util.HashMap;
import java.util.Map;

import io.theus.MapPath;
import io.theus.engine.TheusEngine;
import io.theus.transaction.TransactionOptions;

/**
 * Theus with explicit transactions, free of contracts, over a typed path of the map.
 */
final class TheusTransactionLedger implements Ledger {

	static final MapPath<String, Long> ACCOUNTS = MapPath.of("domain.accounts", String.class, Long.class);

	// As many attempts as a process has.
	private static final TransactionOptions OPTIONS = TransactionOptions.DEFAULT.withAttempts(20);

	private final String[] keys;

	private final TheusEngine engine;

	TheusTransactionLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		this.engine = engine(size);
	}

	/**
	 * Create an engine with accounts.
	 * @param size how large it is
	 * @return the engine
	 */
	static TheusEngine engine(LedgerSize size) {
		TheusEngine engine = TheusEngine.builder().historyVersions(size.versions()).metaCapacity(size.ring()).build();
		open(engine, size);
		return engine;
	}

	/**
	 * Fill the state of an engine with accounts.
	 * @param engine the engine
	 * @param size how many accounts
	 */
	static void open(TheusEngine engine, LedgerSize size) {
		Map<String, Long> accounts = new HashMap<>();
		for (String key : Keys.create(size.accounts())) {
			accounts.put(key, 0L);
		}
		engine.edit("open accounts", (transaction) -> transaction.set(ACCOUNTS, accounts));
	}

	/**
	 * Add up the accounts in the state of an engine.
	 * @param engine the engine
	 * @return the sum
	 */
	static long sum(TheusEngine engine) {
		return engine.state().get(ACCOUNTS).values().stream().mapToLong(Long::longValue).sum();
	}

	@Override
	public void increment(int target, int other) {
		this.engine.transact(OPTIONS, (transaction) -> {
			TheusAccounts.increment(transaction, this.keys[target], this.keys[other]);
			return true;
		});
	}

	@Override
	public long sum() {
		return sum(this.engine);
	}

	@Override
	public void close() {
		this.engine.close();
	}

}
