package io.theus.benchmarks.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import clojure.lang.LockingTransaction;
import clojure.lang.Ref;

/**
 * Clojure with one ref per account, found by its key in a map that never changes, so that
 * transactions on different accounts do not meet. The account that is only read is
 * dereferenced, not ensured: it may change before the commit.
 */
final class ClojureRefLedger implements Ledger {

	private final String[] keys;

	private final Map<String, Ref> accounts = new HashMap<>();

	ClojureRefLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		for (String key : Keys.create(size.accounts())) {
			this.accounts.put(key, new Ref(0L));
		}
	}

	@Override
	public void increment(int target, int other) {
		Ref written = account(this.keys[target]);
		Ref read = account(this.keys[other]);
		try {
			LockingTransaction.runInTransaction(() -> increment(written, read));
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException("transaction of Clojure failed", ex);
		}
	}

	private static Object increment(Ref target, Ref other) {
		long balance = (Long) target.deref();
		if ((Long) other.deref() >= 0) {
			return target.set(balance + 1);
		}
		return balance;
	}

	@Override
	public long sum() {
		return this.accounts.values().stream().mapToLong((account) -> (Long) account.deref()).sum();
	}

	private Ref account(String key) {
		return Objects.requireNonNull(this.accounts.get(key));
	}

}
