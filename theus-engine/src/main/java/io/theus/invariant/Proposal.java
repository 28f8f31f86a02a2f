package io.theus.invariant;

import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.theus.internal.collection.PersistentMap;
import io.theus.state.Snapshot;
import io.theus.state.StateChange;
import io.theus.store.CommitOrigin;

/**
 * What a commit would make of a version of the state.
 *
 * @param before the content of the version
 * @param after the content as it would be
 * @param changes the smallest parts that differ
 * @param origin who would commit
 * @param version the number of the version
 * @param now the time
 * @param versions gives earlier versions by number, {@code null} for one that is not kept
 * @since 0.1.0
 */
public record Proposal(PersistentMap<Object> before, PersistentMap<Object> after, List<StateChange> changes,
		CommitOrigin origin, long version, Instant now, LongFunction<@Nullable Snapshot> versions) {

	// What the state begins with has not changed from anything
	boolean isInitial() {
		return this.origin.kind() == CommitOrigin.Kind.INITIAL;
	}

}
