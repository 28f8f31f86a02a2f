package io.theus.conflict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.theus.path.Path;
import io.theus.path.PathPattern;

/**
 * What a ticket keeps for its holder: a part of the state, or all of it.
 * <p>
 * Immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Claim {

	/**
	 * The whole state.
	 */
	public static final Claim EVERYTHING = new Claim(List.of(), true);

	private final List<PathPattern> patterns;

	private final boolean everything;

	private Claim(List<PathPattern> patterns, boolean everything) {
		this.patterns = patterns;
		this.everything = everything;
	}

	/**
	 * Claim a part of the state.
	 * @param patterns without placeholders; each stands for what it matches and all below
	 * @param paths single places, with all below
	 * @return the claim
	 */
	public static Claim of(Collection<PathPattern> patterns, Collection<Path> paths) {
		Set<PathPattern> all = new LinkedHashSet<>(patterns);
		paths.forEach((path) -> all.add(PathPattern.of(path)));
		return new Claim(List.copyOf(all), false);
	}

	/**
	 * Return whether a place lies within both claims.
	 * @param other the other claim
	 * @return whether they meet
	 */
	public boolean meets(Claim other) {
		if (this.everything || other.everything) {
			return true;
		}
		for (PathPattern pattern : this.patterns) {
			for (PathPattern theirs : other.patterns) {
				if (pattern.overlaps(theirs)) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * Add to the claim.
	 * @param other what is claimed too
	 * @return the union
	 */
	public Claim and(Claim other) {
		if (this.everything || other.everything) {
			return EVERYTHING;
		}
		List<PathPattern> both = new ArrayList<>(this.patterns);
		both.addAll(other.patterns);
		return of(both, List.of());
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Claim claim && this.everything == claim.everything
				&& this.patterns.equals(claim.patterns);
	}

	@Override
	public int hashCode() {
		return this.patterns.hashCode();
	}

	@Override
	public String toString() {
		return this.everything ? "everything" : this.patterns.toString();
	}

}
