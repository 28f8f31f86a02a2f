package io.theus.transaction;

import io.theus.conflict.Claim;
import io.theus.store.CommitOrigin;

/**
 * What is attempted until it commits: an execution of a process or an explicit
 * transaction.
 *
 * @param <T> the type of the result
 * @since 0.1.0
 */
public interface Repeatable<T> {

	/**
	 * Return who commits.
	 * @return the origin of the commit
	 */
	CommitOrigin origin();

	/**
	 * Return the limit over all attempts and waits.
	 * @return the deadline
	 */
	Deadline deadline();

	/**
	 * Return how many attempts there may be.
	 * @return at least 1
	 */
	int maxAttempts();

	/**
	 * Run on a fresh snapshot and commit.
	 * @param number 1 for the first attempt
	 * @return the result
	 * @throws Throwable what the attempt threw; a
	 * {@link io.theus.conflict.ConflictException} asks for another
	 */
	T attempt(int number) throws Throwable;

	/**
	 * Return what the attempts so far have declared and touched.
	 * @return what a ticket has to keep
	 */
	Claim claim();

}
