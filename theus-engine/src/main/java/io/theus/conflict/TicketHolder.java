package io.theus.conflict;

import io.theus.store.CommitOrigin;

/**
 * Who can hold a ticket: one execution with all its attempts.
 * <p>
 * Implementations are safe for use by several threads and take no locks.
 *
 * @since 0.1.0
 */
public interface TicketHolder {

	/**
	 * Return who it is, for diagnoses.
	 * @return the origin of its commits
	 */
	CommitOrigin origin();

	/**
	 * Return the outermost execution that this one runs within. Executions of one family
	 * never wait for each other.
	 * @return the outermost holder, this one itself if it runs within none
	 */
	TicketHolder family();

	/**
	 * Return whether it may still commit. The lease of a ticket is renewed as long as its
	 * holder is alive.
	 * @return {@code false} once it has ended, its thread has died or its time is over
	 */
	boolean isAlive();

}
