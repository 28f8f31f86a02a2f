package io.theus.transaction;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import io.theus.state.Snapshot;

/**
 * The last versions of the state, as many as there is room for: nearly free because they
 * share what did not change, but only nearly.
 */
// A ring written under the lock of the commit point only; a reader takes a snapshot only
// if its version is the one asked for, so being overtaken shows as absence. The newest
// version is kept whatever its size.
final class Versions {

	private final AtomicReferenceArray<@Nullable Snapshot> window;

	private final long[] sizes;

	private final long room;

	private long held;

	// Written with release: whoever finds it higher finds nothing below it
	private final AtomicLong oldest;

	Versions(int versions, long room, Snapshot first) {
		this.window = new AtomicReferenceArray<>(versions);
		this.sizes = new long[versions];
		this.room = room;
		this.oldest = new AtomicLong(first.version());
		this.window.setRelease(slot(first.version()), first);
	}

	/**
	 * Add the next version.
	 * @param snapshot the version
	 * @param bytes what the one before holds beyond it
	 * @return the oldest version that is kept from now on
	 */
	long add(Snapshot snapshot, long bytes) {
		int slot = slot(snapshot.version());
		this.held += bytes - this.sizes[slot];
		this.sizes[slot] = bytes;
		this.window.setRelease(slot, snapshot);
		long first = Math.max(this.oldest.getPlain(), snapshot.version() - this.window.length() + 1);
		while (this.held > this.room && first < snapshot.version()) {
			forget(first);
			first++;
		}
		this.oldest.setRelease(first);
		return first;
	}

	private void forget(long version) {
		int slot = slot(version);
		this.held -= this.sizes[slot];
		this.sizes[slot] = 0;
		this.window.setRelease(slot, null);
	}

	// The same version with other content
	void replace(Snapshot snapshot) {
		this.window.setRelease(slot(snapshot.version()), snapshot);
	}

	long oldest() {
		return this.oldest.getAcquire();
	}

	@Nullable Snapshot at(long version) {
		Snapshot found = this.window.getAcquire(slot(version));
		return (found != null && found.version() == version) ? found : null;
	}

	private int slot(long version) {
		return (int) (version % this.window.length());
	}

}
