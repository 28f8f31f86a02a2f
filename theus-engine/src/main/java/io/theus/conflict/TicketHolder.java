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
	 * Return who works for it.
	 * @return the worker
	 */
	Worker worker();

	/**
	 * Return whether other work of its worker, such as a transaction within one, may
	 * pass.
	 * @return {@code false} if even that would spoil what is kept
	 */
	boolean letsOwnWorkPass();

	/**
	 * Return whether it may still commit. The lease of a ticket is renewed as long as its
	 * holder is alive.
	 * @return {@code false} once it has ended, its worker has died or its time is over
	 */
	boolean isAlive();

}
