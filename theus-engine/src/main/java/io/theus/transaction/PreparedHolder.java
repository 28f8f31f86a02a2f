package io.theus.transaction;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.TicketHolder;
import io.theus.store.CommitOrigin;

/**
 * Holds the keys of a prepared commit, however long the surrounding transaction takes.
 */
final class PreparedHolder implements TicketHolder {

	private final CommitOrigin origin;

	private final @Nullable Contender contender;

	private final Thread thread = Thread.currentThread();

	private volatile boolean over;

	PreparedHolder(Transaction transaction) {
		this.origin = transaction.origin();
		this.contender = transaction.contender();
	}

	void end() {
		this.over = true;
	}

	@Override
	public CommitOrigin origin() {
		return this.origin;
	}

	@Override
	public TicketHolder family() {
		return (this.contender != null) ? this.contender.family() : this;
	}

	@Override
	public boolean isAlive() {
		return !this.over && this.thread.isAlive();
	}

}
