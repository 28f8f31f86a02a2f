package io.theus.conflict;

import io.theus.store.CommitOrigin;

/**
 * Decides about executions whose commits are refused because of conflicts.
 * <p>
 * Implementations are safe for use by several threads.
 *
 * @since 0.1.0
 */
public interface ConflictPolicy {

	/**
	 * Decide what an execution does next.
	 * @param failure the attempt that was refused
	 * @return wait, take a ticket or give up
	 */
	ConflictDecision onConflict(FailedAttempt failure);

	/**
	 * Hear that an execution has committed after all; called after the commit and not for
	 * executions without conflicts.
	 * @param origin who has committed
	 * @param conflicts how many attempts were refused before
	 */
	default void onSuccess(CommitOrigin origin, int conflicts) {
	}

	/**
	 * Return whether a commit has to wait for a ticket.
	 * @param ticket a ticket of somebody else that is granted
	 * @param committer who wants to commit
	 * @param writes what the commit writes
	 * @return whether the commit is in the ticket's way; by default, whether it writes
	 * within its claim
	 */
	default boolean isBlocked(Ticket ticket, CommitOrigin committer, Claim writes) {
		return ticket.claim().meets(writes);
	}

}
