package io.theus.benchmarks.ledger;

import com.arjuna.ats.arjuna.AtomicAction;
import com.arjuna.ats.arjuna.coordinator.ActionStatus;
import org.jboss.stm.LockException;

/**
 * Narayana's STM with transactions that are begun and committed by hand. A lock that
 * cannot be had in Narayana's default time aborts the transaction, which is then run
 * again.
 */
final class NarayanaLedger implements Ledger {

	private final String[] keys;

	private final NarayanaAccounts accounts;

	NarayanaLedger(LedgerSize size) {
		this.keys = Keys.create(size.accounts());
		this.accounts = new NarayanaAccounts(Keys.create(size.accounts()));
	}

	@Override
	public void increment(int target, int other) {
		boolean committed = false;
		while (!committed) {
			committed = attempt(this.keys[target], this.keys[other]);
		}
	}

	private boolean attempt(String target, String other) {
		AtomicAction transaction = new AtomicAction();
		transaction.begin();
		try {
			this.accounts.increment(target, other);
		}
		catch (LockException ex) {
			transaction.abort();
			return false;
		}
		return transaction.commit() == ActionStatus.COMMITTED;
	}

	@Override
	public long sum() {
		AtomicAction transaction = new AtomicAction();
		transaction.begin();
		long sum = this.accounts.sum();
		transaction.commit();
		return sum;
	}

}
