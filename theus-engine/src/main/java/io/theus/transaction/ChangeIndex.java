package io.theus.transaction;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import io.theus.path.Path;
import io.theus.state.StateChange;
import io.theus.store.CommitRecord;

/**
 * Which version changed what last, far beyond the versions that are kept.
 */
// One entry for each path that was changed and for each path above it. Entries are in the
// order of their last change, so the one to be forgotten first is the eldest; what it
// knew is kept as the floor, an upper bound for everything that has no entry. Hence an
// answer is never too old: it is right, or it is the floor. Not thread-safe: the commit
// point guards it by its lock.
final class ChangeIndex {

	private final Map<Path, LastChange> entries = new LinkedHashMap<>();

	private final int capacity;

	private long floor;

	ChangeIndex(int capacity, long floor) {
		this.capacity = capacity;
		this.floor = floor;
	}

	void add(CommitRecord record) {
		for (StateChange change : record.changes()) {
			Path path = change.path();
			for (int length = 1; length < path.length(); length++) {
				renew(path.prefix(length)).below = record.version();
			}
			renew(path).at = record.version();
		}
		Iterator<LastChange> eldest = this.entries.values().iterator();
		for (int excess = this.entries.size() - this.capacity; excess > 0; excess--) {
			this.floor = Math.max(this.floor, eldest.next().newest());
			eldest.remove();
		}
	}

	private LastChange renew(Path path) {
		LastChange known = this.entries.remove(path);
		LastChange entry = (known != null) ? known : new LastChange();
		this.entries.put(path, entry);
		return entry;
	}

	/**
	 * Return when a path, something above it or something below it changed last.
	 * @param path the path
	 * @return the version, or a later one if that is forgotten
	 */
	long lastChange(Path path) {
		long last = this.floor;
		for (int length = 1; length < path.length(); length++) {
			LastChange above = this.entries.get(path.prefix(length));
			if (above != null) {
				last = Math.max(last, above.at);
			}
		}
		LastChange own = this.entries.get(path);
		return (own != null) ? Math.max(last, own.newest()) : last;
	}

	// All changes up to this version may be forgotten
	long floor() {
		return this.floor;
	}

	/**
	 * When a path changed last, itself and below.
	 */
	private static final class LastChange {

		private long at;

		private long below;

		long newest() {
			return Math.max(this.at, this.below);
		}

	}

}
