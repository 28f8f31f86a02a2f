package io.theus.transaction;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.state.Snapshot;
import io.theus.state.StateTree;
import io.theus.state.VolatilePaths;

/**
 * What callers expect to be as it was in a version that they have seen.
 */
final class Expectations {

	private final CommitPoint commitPoint;

	private final VolatilePaths volatiles;

	private final boolean strict;

	Expectations(CommitPoint commitPoint, VolatilePaths volatiles, boolean strict) {
		this.commitPoint = commitPoint;
		this.volatiles = volatiles;
		this.strict = strict;
	}

	/**
	 * Buffer a compare-and-swap in a running transaction.
	 * @param scope the transaction
	 * @param expectedVersion the version that the values are based on
	 * @param update the new values by path
	 * @throws io.theus.conflict.ConflictException if one of the keys has changed between
	 * that version and the transaction's snapshot
	 */
	void swap(Scope scope, long expectedVersion, Map<String, ?> update) {
		requireMade(scope, expectedVersion);
		Transactions.unchecked(() -> scope.atomically(() -> {
			if (this.strict) {
				refuseAnyChange(scope, expectedVersion, update);
			}
			update.forEach((key, value) -> {
				Path path = Path.parse(key);
				scope.set(path, value);
				assertUnchanged(scope, path, expectedVersion);
			});
			return scope;
		}));
	}

	private void refuseAnyChange(Scope scope, long expectedVersion, Map<String, ?> update) {
		scope.beStrict();
		if (scope.base().version() != expectedVersion && !update.isEmpty()) {
			Path path = Path.parse(update.keySet().iterator().next());
			throw scope.refusal(this.commitPoint, path, expectedVersion,
					"compare-and-swap is strict and the state is at version=%d".formatted(scope.base().version()));
		}
	}

	void assertUnchanged(Scope scope, Path path, long version) {
		requireMade(scope, version);
		if (this.volatiles.covers(path)) {
			return;
		}
		this.commitPoint.trackChanges();
		Snapshot expected = this.commitPoint.at(version);
		@Nullable String reason = (expected != null) ? null : this.commitPoint.changedSince(path, version);
		// What has not changed since is what the snapshot holds
		Snapshot same = (expected != null) ? expected : scope.base();
		if (reason != null || !scope.isUnchanged(path, StateTree.find(same.root(), path))) {
			throw scope.refusal(this.commitPoint, path, version, reason);
		}
	}

	void assertValue(Scope scope, Path path, @Nullable Object expected, long since) {
		if (!scope.isUnchanged(path, expected)) {
			throw scope.refusal(this.commitPoint, path, since, null);
		}
	}

	private static void requireMade(Scope scope, long version) {
		if (version < 0 || version > scope.base().version()) {
			throw new IllegalArgumentException(
					"version is not one that the engine has made: version=%d head=%d, use the version of a state that was read"
						.formatted(version, scope.base().version()));
		}
	}

}
