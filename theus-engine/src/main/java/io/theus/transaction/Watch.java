package io.theus.transaction;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.conflict.Claim;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.state.Snapshot;
import io.theus.state.StateChange;
import io.theus.state.VolatilePaths;

/**
 * What a transaction depends on whether it touches it or not.
 */
// Two versions share whatever no commit between them has touched, so what is looked at is
// what differs, never what is covered.
final class Watch {

	private final List<PathPattern> patterns = new ArrayList<>();

	private boolean everything;

	void add(List<PathPattern> covered) {
		this.patterns.addAll(covered);
	}

	void addEverything() {
		this.everything = true;
	}

	Claim claim() {
		return this.everything ? Claim.EVERYTHING : Claim.of(this.patterns, List.of());
	}

	/**
	 * Find a difference between two versions that lies within this watch.
	 * @param base the earlier version
	 * @param live the later version
	 * @param volatiles where nobody depends on anything
	 * @return the path of such a difference, {@code null} if there is none
	 */
	@Nullable Path findChange(Snapshot base, Snapshot live, VolatilePaths volatiles) {
		for (StateChange change : volatiles.without(base.diff(live))) {
			if (this.everything || covers(change.path())) {
				return change.path();
			}
		}
		return null;
	}

	private boolean covers(Path path) {
		PathPattern changed = PathPattern.of(path);
		for (PathPattern pattern : this.patterns) {
			if (pattern.overlaps(changed)) {
				return true;
			}
		}
		return false;
	}

}
