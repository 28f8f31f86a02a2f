package io.theus.transaction;

import io.theus.store.CommitRecord;

/**
 * Hears of every commit, after it, in commit order.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CommitListener {

	/**
	 * A commit has happened. Exceptions are logged and go no further.
	 * @param record what it did
	 */
	void committed(CommitRecord record);

}
