package io.theus.transaction;

import io.theus.conflict.TicketHolder;
import io.theus.conflict.Worker;
import io.theus.store.CommitOrigin;

/**
 * Holds the keys of a prepared commit, however long the surrounding transaction takes.
 */
final class PreparedHolder implements TicketHolder {

	private final CommitOrigin origin;

	private final Worker worker = Worker.current();

	private volatile boolean over;

	PreparedHolder(CommitOrigin origin) {
		this.origin = origin;
	}

	void end() {
		this.over = true;
	}

	@Override
	public CommitOrigin origin() {
		return this.origin;
	}

	@Override
	public Worker worker() {
		return this.worker;
	}

	// What is prepared is not validated again
	@Override
	public boolean letsOwnWorkPass() {
		return false;
	}

	@Override
	public boolean isAlive() {
		return !this.over && this.worker.isAlive();
	}

}
