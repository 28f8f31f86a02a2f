package io.theus.transaction;

import java.util.List;

import io.theus.internal.ring.BroadcastRing;
import io.theus.store.CommitRecord;

/**
 * The last commits in a line each: when, which version, by whom. Closed to processes.
 * <p>
 * Safe for use by several threads; reading never holds up a commit.
 *
 * @since 0.1.0
 */
public final class MetaLog {

	private final BroadcastRing<CommitSummary> ring;

	/**
	 * Create a log.
	 * @param capacity how many commits to keep, at least 1
	 */
	public MetaLog(int capacity) {
		this.ring = new BroadcastRing<>(capacity);
	}

	void add(CommitRecord record) {
		this.ring.publish(new CommitSummary(record.time(), record.version(), record.origin()));
	}

	/**
	 * Return what is kept.
	 * @return the commits, oldest first
	 */
	public List<CommitSummary> entries() {
		return this.ring.list();
	}

}
