package io.theus.benchmarks.ledger;

import org.jboss.stm.annotations.ReadLock;
import org.jboss.stm.annotations.State;
import org.jboss.stm.annotations.WriteLock;

/**
 * The state of an account, of which Narayana makes copies. Locking is pessimistic, the
 * default.
 */
public final class LockedNarayanaAccount implements NarayanaAccount {

	@State
	private long balance;

	@Override
	@ReadLock
	public long balance() {
		return this.balance;
	}

	@Override
	@WriteLock
	public long balanceForUpdate() {
		return this.balance;
	}

	@Override
	@WriteLock
	public void setBalance(long newBalance) {
		this.balance = newBalance;
	}

}
