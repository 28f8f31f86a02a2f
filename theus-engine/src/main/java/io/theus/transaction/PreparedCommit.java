package io.theus.transaction;

import org.jspecify.annotations.Nullable;

import io.theus.audit.Verdicts;
import io.theus.conflict.Ticket;
import io.theus.conflict.Tickets;

/**
 * A commit that was validated and whose keys are held, so that making it cannot fail.
 */
final class PreparedCommit {

	private final CommitPoint commitPoint;

	private final Transaction transaction;

	private final @Nullable Verdicts verdicts;

	private final @Nullable Ticket ticket;

	PreparedCommit(CommitPoint commitPoint, Transaction transaction, @Nullable Verdicts verdicts,
			@Nullable Ticket ticket) {
		this.verdicts = verdicts;
		this.commitPoint = commitPoint;
		this.transaction = transaction;
		this.ticket = ticket;
	}

	Transaction transaction() {
		return this.transaction;
	}

	@Nullable Verdicts verdicts() {
		return this.verdicts;
	}

	void publish() {
		if (this.ticket != null) {
			this.commitPoint.publish(this);
		}
	}

	void drop() {
		if (this.ticket != null) {
			this.commitPoint.drop(this);
		}
	}

	void release(Tickets tickets) {
		if (this.ticket != null) {
			((PreparedHolder) this.ticket.holder()).end();
			tickets.end(this.ticket);
		}
	}

}
