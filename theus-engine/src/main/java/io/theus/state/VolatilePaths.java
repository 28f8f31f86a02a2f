package io.theus.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.path.PathPattern;

/**
 * The places where the last writer wins: reads of them are not validated, and they are
 * part of no commit record.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class VolatilePaths {

	/**
	 * No such place.
	 */
	public static final VolatilePaths NONE = new VolatilePaths(List.of());

	private final PathPattern[] patterns;

	private VolatilePaths(Collection<PathPattern> patterns) {
		this.patterns = patterns.toArray(PathPattern[]::new);
	}

	/**
	 * Compile.
	 * @param patterns without placeholders; each stands for what it matches and all below
	 * @return the places
	 */
	public static VolatilePaths of(Collection<PathPattern> patterns) {
		return patterns.isEmpty() ? NONE : new VolatilePaths(patterns);
	}

	/**
	 * Return whether there is no such place.
	 * @return whether nothing is volatile
	 */
	public boolean isEmpty() {
		return this.patterns.length == 0;
	}

	/**
	 * Return whether a path is volatile with everything below it.
	 * @param path the path
	 * @return whether a pattern covers it
	 */
	public boolean covers(Path path) {
		return this.patterns.length > 0 && isCovered(path);
	}

	private boolean isCovered(Path path) {
		for (PathPattern pattern : this.patterns) {
			if (pattern.covers(path)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether everything that a pattern covers is volatile.
	 * @param pattern the pattern
	 * @return whether it lies within a declared one
	 */
	public boolean cover(PathPattern pattern) {
		for (PathPattern each : this.patterns) {
			if (each.includes(pattern)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Leave out what is volatile.
	 * @param changes changes of the state
	 * @return those that are not volatile, the same list if all of them are not
	 */
	public List<StateChange> without(List<StateChange> changes) {
		return (this.patterns.length > 0) ? withoutCovered(changes) : changes;
	}

	private List<StateChange> withoutCovered(List<StateChange> changes) {
		if (changes.stream().noneMatch((change) -> covers(change.path()))) {
			return changes;
		}
		return changes.stream().filter((change) -> !covers(change.path())).toList();
	}

	/**
	 * Return whether two values of a path differ in anything that is not volatile.
	 * @param path the path
	 * @param before a stored value or {@link StateTree#ABSENT}
	 * @param after a stored value or {@link StateTree#ABSENT}
	 * @return whether they differ for those who depend on the path
	 */
	public boolean differ(Path path, @Nullable Object before, @Nullable Object after) {
		return !StateTree.same(before, after) && (this.patterns.length == 0 || differAround(path, before, after));
	}

	private boolean differAround(Path path, @Nullable Object before, @Nullable Object after) {
		if (!isAbove(path)) {
			return true;
		}
		List<StateChange> changes = new ArrayList<>();
		StateDiff.leavesBetween(path, before, after, changes::add);
		return !without(changes).isEmpty();
	}

	private boolean isAbove(Path path) {
		PathPattern whole = PathPattern.of(path);
		for (PathPattern pattern : this.patterns) {
			if (pattern.overlaps(whole)) {
				return true;
			}
		}
		return false;
	}

}
