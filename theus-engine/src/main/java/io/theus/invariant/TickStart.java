package io.theus.invariant;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.PersistentMap;

/**
 * How a tick began, and what has happened in it.
 *
 * @param run the run that began it, {@code null} if none did
 * @param number which period or iteration it is
 * @param root the content at its start
 * @param found what places compare with that were not there at its start, by path
 * @param changed the places that a rule about an order waits for, by path
 */
record TickStart(@Nullable String run, long number, PersistentMap<Object> root, PersistentMap<Object> found,
		PersistentMap<Object> changed) {

	TickStart(@Nullable String run, long number, PersistentMap<Object> root) {
		this(run, number, root, PersistentMap.empty(), PersistentMap.empty());
	}

	TickStart withFound(String path, @Nullable Object value) {
		return new TickStart(this.run, this.number, this.root, this.found.with(path, value), this.changed);
	}

	TickStart withChanged(String path) {
		return new TickStart(this.run, this.number, this.root, this.found, this.changed.with(path, true));
	}

}
