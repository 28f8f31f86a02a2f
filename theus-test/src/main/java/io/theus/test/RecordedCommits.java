package io.theus.test;

import java.util.ArrayList;
import java.util.List;

import io.theus.store.CommitRecord;
import io.theus.transaction.CommitListener;

/**
 * Keeps the commits of a test, in order.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RecordedCommits implements CommitListener {

	private final List<CommitRecord> records = new ArrayList<>();

	@Override
	public synchronized void committed(CommitRecord record) {
		this.records.add(record);
	}

	/**
	 * Return what has been committed since the last {@link #clear()}.
	 * @return the commits in order
	 */
	public synchronized List<CommitRecord> records() {
		return List.copyOf(this.records);
	}

	/**
	 * Forget all commits.
	 */
	public synchronized void clear() {
		this.records.clear();
	}

}
