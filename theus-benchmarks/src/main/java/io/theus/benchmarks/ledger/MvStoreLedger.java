package io.theus.benchmarks.ledger;

import java.util.Objects;

import org.h2.engine.IsolationLevel;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The transactional map under H2's tables, in memory. The account to be written is locked
 * before it is read, as H2 itself does for {@code select … for update}.
 */
final class MvStoreLedger implements Ledger {

	// Waiting for a key that another thread holds is part of the work, not an error.
	private static final int LOCK_MILLIS = 30_000;

	private final String[] keys;

	private final MVStore store = MVStore.open(null);

	private final TransactionStore transactions = new TransactionStore(this.store);

	private final TransactionMap<String, Long> accounts;

	MvStoreLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		this.transactions.init();
		Transaction opening = begin();
		this.accounts = opening.openMap("accounts", StringDataType.INSTANCE, LongDataType.INSTANCE);
		for (String key : Keys.create(size.accounts())) {
			this.accounts.put(key, 0L);
		}
		opening.commit();
	}

	@Override
	public void increment(int target, int other) {
		Transaction transaction = begin();
		try {
			increment(this.accounts.getInstance(transaction), this.keys[target], this.keys[other]);
			transaction.commit();
		}
		catch (RuntimeException ex) {
			transaction.rollback();
			throw ex;
		}
	}

	private static void increment(TransactionMap<String, Long> accounts, String target, String other) {
		long balance = Objects.requireNonNull(accounts.lock(target));
		if (Objects.requireNonNull(accounts.get(other)) >= 0) {
			accounts.put(target, balance + 1);
		}
	}

	@Override
	public long sum() {
		Transaction transaction = begin();
		TransactionMap<String, Long> balances = this.accounts.getInstance(transaction);
		long sum = 0;
		for (String key : this.keys) {
			sum += Objects.requireNonNull(balances.get(key));
		}
		transaction.commit();
		return sum;
	}

	@Override
	public void close() {
		this.store.closeImmediately();
	}

	private Transaction begin() {
		return this.transactions.begin(null, LOCK_MILLIS, 0, IsolationLevel.READ_COMMITTED);
	}

}
