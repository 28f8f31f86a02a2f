package io.theus.spring.transaction;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.theus.transaction.Participant;
import io.theus.transaction.SurroundingTransactions;

/**
 * Spring's transactions as the surroundings of work of the engine, whatever manages them.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class SpringTransactions implements SurroundingTransactions {

	@Override
	public boolean isActive() {
		return TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.isSynchronizationActive();
	}

	@Override
	public @Nullable Participant enlisted(Object engine) {
		Object bound = TransactionSynchronizationManager.getResource(engine);
		return (bound instanceof Enlistment enlistment) ? enlistment.participant() : null;
	}

	@Override
	public void enlist(Object engine, Participant participant) {
		Enlistment enlistment = new Enlistment(engine, participant);
		TransactionSynchronizationManager.bindResource(engine, enlistment);
		TransactionSynchronizationManager.registerSynchronization(enlistment);
		TransactionSynchronizationManager.registerSynchronization(new Preparation(participant));
	}

	// Only a process with advice of its own for transactions is asked, hence there is a
	// status
	@Override
	public void setRollbackOnly() {
		TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
	}

}
