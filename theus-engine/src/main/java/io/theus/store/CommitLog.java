package io.theus.store;

import java.util.List;

/**
 * The seam behind which commits are kept. The engine holds the current snapshot in memory
 * and calls the log from its one commit point, never concurrently for appending.
 *
 * @since 0.1.0
 */
public interface CommitLog {

	/**
	 * Add validated commits. When this returns they count as committed.
	 * @param records the commits in order of their sequence numbers, without gaps
	 */
	void append(List<CommitRecord> records);

	/**
	 * Read kept commits; safe for use by several threads.
	 * @param after the sequence number after which to begin
	 * @return the kept commits in order; old ones may be gone
	 */
	List<CommitRecord> read(long after);

	/**
	 * Let go of old commits, because they hold too much memory. Called like
	 * {@link #append}.
	 * @param version those before this one need not be kept any more
	 */
	void forget(long version);

	/**
	 * Return how many commits can be read back, unless there was no room for them.
	 * @return the number of commits that are kept at most
	 */
	int capacity();

	/**
	 * Tell operators where commits are kept.
	 * @return a word such as {@code memory}
	 */
	String kind();

	/**
	 * Return whether commits outlive the application.
	 * @return whether a restart finds them again
	 */
	boolean isDurable();

}
