package io.theus.spring.transaction;

import java.util.IdentityHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.theus.error.LoggedFailure;
import io.theus.transaction.Participant;

/**
 * Tells the engine about the end of a transaction that its work is part of.
 */
// The first of all synchronizations after the commit: what others do there finds what was
// committed, and no key is held any more. The last before it, see Preparation.
final class Enlistment implements TransactionSynchronization {

	private static final Logger logger = LoggerFactory.getLogger(Enlistment.class);

	private final Object engine;

	private final Participant participant;

	private final IdentityHashMap<Object, Object> savepoints = new IdentityHashMap<>();

	Enlistment(Object engine, Participant participant) {
		this.engine = engine;
		this.participant = participant;
	}

	Participant participant() {
		return this.participant;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void suspend() {
		TransactionSynchronizationManager.unbindResourceIfPossible(this.engine);
	}

	@Override
	public void resume() {
		TransactionSynchronizationManager.bindResource(this.engine, this);
	}

	@Override
	public void savepoint(Object savepoint) {
		this.savepoints.put(savepoint, this.participant.savepoint());
	}

	// A part may have begun before the engine had any work in the transaction
	@Override
	public void savepointRollback(Object savepoint) {
		this.participant.rollbackTo(this.savepoints.get(savepoint));
	}

	@Override
	public void afterCommit() {
		this.participant.publish();
	}

	@Override
	public void afterCompletion(int status) {
		TransactionSynchronizationManager.unbindResourceIfPossible(this.engine);
		if (status == STATUS_COMMITTED) {
			publishLate();
			return;
		}
		if (status == STATUS_UNKNOWN) {
			logger.error("The outcome of a transaction is not known: what the engine did in it is dropped, "
					+ "compare the database with the state");
		}
		this.participant.drop();
	}

	// Work that began when the transaction had committed already, in a callback after the
	// commit, was never asked to prepare
	private void publishLate() {
		try {
			this.participant.publish();
		}
		catch (RuntimeException ex) {
			logger.error("Work that began after the commit of a transaction was refused and is lost",
					LoggedFailure.of(ex, logger));
		}
	}

}
