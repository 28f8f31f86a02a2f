package io.theus.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the last commits in memory, so that a refused commit can say who changed what.
 * Nothing survives the process.
 */
// State: a ring of the last records; slot (version mod capacity) holds the newest record
// of that residue. Written by append only, which the commit point serialises; read by
// anybody. Each slot is published by a volatile store, and a reader takes a record only
// if its version fits the slot's turn, so that it never sees an older or newer one in its
// place. Limit: a reader that is overtaken misses records, it never sees wrong ones.
public final class MemoryCommitLog implements CommitLog {

	private final AtomicReferenceArray<@Nullable CommitRecord> records;

	// What is older is forgotten. Used by those who append only
	private long first;

	/**
	 * Create a log.
	 * @param capacity how many commits to keep, at least 1
	 */
	public MemoryCommitLog(int capacity) {
		this.records = new AtomicReferenceArray<>(capacity);
	}

	@Override
	public void append(List<CommitRecord> batch) {
		for (CommitRecord record : batch) {
			this.records.setRelease(slot(record.version()), record);
		}
	}

	@Override
	public List<CommitRecord> read(long after) {
		List<CommitRecord> found = new ArrayList<>();
		for (int i = 0; i < this.records.length(); i++) {
			CommitRecord record = this.records.getAcquire(i);
			if (record != null && record.version() > after) {
				found.add(record);
			}
		}
		found.sort((a, b) -> Long.compare(a.version(), b.version()));
		return Collections.unmodifiableList(found);
	}

	@Override
	public void forget(long version) {
		for (long old = Math.max(this.first, version - this.records.length()); old < version; old++) {
			CommitRecord record = this.records.getPlain(slot(old));
			if (record != null && record.version() == old) {
				this.records.setRelease(slot(old), null);
			}
		}
		this.first = Math.max(this.first, version);
	}

	@Override
	public int capacity() {
		return this.records.length();
	}

	@Override
	public String kind() {
		return "memory";
	}

	@Override
	public boolean isDurable() {
		return false;
	}

	private int slot(long version) {
		return (int) (version % this.records.length());
	}

}
