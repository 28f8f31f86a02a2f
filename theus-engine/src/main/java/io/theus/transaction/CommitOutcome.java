package io.theus.transaction;

import io.theus.conflict.ConflictException;
import io.theus.conflict.TransactionTimeoutException;

/**
 * What became of a commit.
 *
 * @since 0.1.0
 */
public enum CommitOutcome {

	/**
	 * It was made.
	 */
	COMMITTED,

	/**
	 * Nothing was left to be committed, for example because equal values were written.
	 */
	UNCHANGED,

	/**
	 * Something that it depends on had changed.
	 */
	CONFLICT,

	/**
	 * Its time was over.
	 */
	TIMEOUT,

	/**
	 * It was refused by a rule, or there was no room for its messages.
	 */
	REFUSED,

	/**
	 * The transaction that surrounds it was rolled back.
	 */
	ROLLED_BACK;

	static CommitOutcome of(Throwable failure) {
		if (failure instanceof ConflictException) {
			return CONFLICT;
		}
		if (failure instanceof TransactionTimeoutException) {
			return TIMEOUT;
		}
		return (failure instanceof RolledBackException) ? ROLLED_BACK : REFUSED;
	}

}
