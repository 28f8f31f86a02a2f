package io.theus.spring.transaction;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;

import io.theus.transaction.Participant;

/**
 * Lets the engine validate its work before a transaction that it is part of commits.
 */
// The last of all synchronizations before the commit: what others do there, such as the
// flush of an entity manager or a process called by a listener, comes before the keys are
// held.
final class Preparation implements TransactionSynchronization {

	private final Participant participant;

	Preparation(Participant participant) {
		this.participant = participant;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		this.participant.prepare();
	}

}
