package io.theus.benchmarks.ledger;

import org.jboss.stm.annotations.Transactional;

/**
 * One account as Narayana's STM wants it: an interface, whose implementation says how
 * each method locks.
 */
@Transactional
public interface NarayanaAccount {

	/**
	 * Return the balance and lock the account for reading.
	 * @return the balance
	 */
	long balance();

	/**
	 * Return the balance and lock the account for writing.
	 * @return the balance
	 */
	long balanceForUpdate();

	/**
	 * Set the balance.
	 * @param newBalance the balance
	 */
	void setBalance(long newBalance);

}
