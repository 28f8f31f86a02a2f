package io.theus.transaction;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.Ticket;
import io.theus.conflict.TicketHolder;
import io.theus.conflict.Worker;
import io.theus.store.CommitOrigin;

/**
 * One execution in the competition for commits: it has conflicted, or it must not.
 *
 * @since 0.1.0
 */
// Used by the threads of its execution, one at a time; those who wait for its ticket ask
// whether it is alive, which is why these fields are volatile or final.
public final class Contender implements TicketHolder {

	private final CommitOrigin origin;

	private final Deadline deadline;

	private final Worker worker = Worker.current();

	private volatile @Nullable Ticket ticket;

	private volatile boolean ended;

	Contender(CommitOrigin origin, Deadline deadline) {
		this.origin = origin;
		this.deadline = deadline;
	}

	@Override
	public CommitOrigin origin() {
		return this.origin;
	}

	@Override
	public Worker worker() {
		return this.worker;
	}

	@Override
	public boolean letsOwnWorkPass() {
		return true;
	}

	@Override
	public boolean isAlive() {
		return !this.ended && this.worker.isAlive() && this.deadline.remainingNanos() > 0;
	}

	boolean holdsTicket() {
		Ticket held = this.ticket;
		return held != null && !held.hasEnded();
	}

	void hold(Ticket granted) {
		this.ticket = granted;
	}

	Ticket ticket() {
		return Objects.requireNonNull(this.ticket);
	}

	void end() {
		this.ended = true;
	}

}
