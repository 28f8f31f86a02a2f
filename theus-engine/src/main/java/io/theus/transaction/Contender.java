package io.theus.transaction;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.Ticket;
import io.theus.conflict.TicketHolder;
import io.theus.store.CommitOrigin;

/**
 * One execution in the competition for commits: it has conflicted, or it must not.
 *
 * @since 0.1.0
 */
// Used by the thread of its execution; those who wait for its ticket ask whether it is
// alive, which is why these fields are volatile or final.
public final class Contender implements TicketHolder {

	private final CommitOrigin origin;

	private final Deadline deadline;

	private final Thread thread = Thread.currentThread();

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
	public Thread thread() {
		return this.thread;
	}

	@Override
	public boolean letsOwnThreadPass() {
		return true;
	}

	@Override
	public boolean isAlive() {
		return !this.ended && this.thread.isAlive() && this.deadline.remainingNanos() > 0;
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
