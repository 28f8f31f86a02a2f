package io.theus.transaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import io.theus.store.CommitRecord;

/**
 * The last commits in a line each: when, which version, by whom. Closed to processes.
 * <p>
 * Safe for use by several threads; reading never holds up a commit.
 *
 * @since 0.1.0
 */
// A ring with one slot for each residue of the version, written by whoever has committed.
// A writer that was overtaken by a whole round leaves the newer entry in place. A reader
// may be overtaken while it reads and then sees newer entries in place of older ones,
// never a torn one.
public final class MetaLog {

	private final AtomicReferenceArray<@Nullable CommitSummary> entries;

	MetaLog(int capacity) {
		this.entries = new AtomicReferenceArray<>(capacity);
	}

	void add(CommitRecord record) {
		CommitSummary summary = new CommitSummary(record.time(), record.version(), record.origin());
		int slot = (int) (record.version() % this.entries.length());
		@Nullable CommitSummary kept;
		do {
			kept = this.entries.getAcquire(slot);
		}
		while ((kept == null || kept.version() < summary.version())
				&& !this.entries.compareAndSet(slot, kept, summary));
	}

	/**
	 * Return what is kept.
	 * @return the commits, oldest first
	 */
	public List<CommitSummary> entries() {
		List<CommitSummary> kept = new ArrayList<>();
		for (int i = 0; i < this.entries.length(); i++) {
			CommitSummary entry = this.entries.getAcquire(i);
			if (entry != null) {
				kept.add(entry);
			}
		}
		kept.sort(Comparator.comparingLong(CommitSummary::version));
		return List.copyOf(kept);
	}

}
