package io.theus.transaction;

import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import io.theus.state.Snapshot;

/**
 * The last versions of the state, nearly free because they share what did not change.
 */
// A ring written by the commit point only; a reader takes a snapshot only if its version
// is the one asked for, so being overtaken shows as absence.
final class Versions {

	private final AtomicReferenceArray<Snapshot> window;

	Versions(int versions) {
		this.window = new AtomicReferenceArray<>(versions);
	}

	void add(Snapshot snapshot) {
		this.window.setRelease((int) (snapshot.version() % this.window.length()), snapshot);
	}

	// How many versions before the newest are kept
	int capacity() {
		return this.window.length();
	}

	@Nullable Snapshot at(long version) {
		Snapshot found = this.window.getAcquire((int) (version % this.window.length()));
		return (found != null && found.version() == version) ? found : null;
	}

}
