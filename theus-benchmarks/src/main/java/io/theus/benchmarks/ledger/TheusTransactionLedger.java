package io.theus.benchmarks.ledger;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.theus.MapPath;
import io.theus.StatePath;
import io.theus.TransactionContext;
import io.theus.engine.TheusEngine;
import io.theus.transaction.TransactionOptions;

/**
 * Theus with explicit transactions, free of contracts, over typed paths that are parsed
 * once.
 */
final class TheusTransactionLedger implements Ledger {

	static final MapPath<String, Long> ACCOUNTS = MapPath.of("domain.accounts", String.class, Long.class);

	// As many attempts as a process has.
	private static final TransactionOptions OPTIONS = TransactionOptions.DEFAULT.withAttempts(20);

	private final List<StatePath<Long>> paths;

	private final TheusEngine engine = TheusEngine.builder().build();

	TheusTransactionLedger(LedgerSize size) {
		this.paths = Arrays.stream(Keys.create(size.accounts())).map(ACCOUNTS::at).toList();
		open(this.engine, size);
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
		this.engine.transact(OPTIONS,
				(transaction) -> increment(transaction, this.paths.get(target), this.paths.get(other)));
	}

	private static boolean increment(TransactionContext transaction, StatePath<Long> target, StatePath<Long> other) {
		long balance = transaction.get(target);
		if (transaction.get(other) < 0) {
			return false;
		}
		transaction.set(target, balance + 1);
		return true;
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
