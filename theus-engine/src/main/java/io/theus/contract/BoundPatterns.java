package io.theus.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.PlaceholderValues;

/**
 * The patterns of one call, each of which knows the declared pattern that it comes from.
 */
final class BoundPatterns {

	private final List<PathPattern> patterns;

	private final int[] origins;

	private BoundPatterns(List<PathPattern> patterns, int[] origins) {
		this.patterns = patterns;
		this.origins = origins;
	}

	// Patterns without placeholders stand for themselves in every call
	static BoundPatterns of(List<PathPattern> declared) {
		int[] origins = new int[declared.size()];
		for (int i = 0; i < origins.length; i++) {
			origins[i] = i;
		}
		return new BoundPatterns(declared, origins);
	}

	// These are the declared ones
	BoundPatterns narrow(PlaceholderValues values) {
		PathPattern[] narrowed = new PathPattern[this.patterns.size()];
		for (int i = 0; i < narrowed.length; i++) {
			PathPattern single = this.patterns.get(i).narrowToOne(values);
			if (single == null) {
				return narrowToMany(values);
			}
			narrowed[i] = single;
		}
		return new BoundPatterns(Arrays.asList(narrowed), this.origins);
	}

	private BoundPatterns narrowToMany(PlaceholderValues values) {
		List<PathPattern> narrowed = new ArrayList<>();
		List<Integer> from = new ArrayList<>();
		for (int i = 0; i < this.patterns.size(); i++) {
			List<PathPattern> bound = this.patterns.get(i).narrow(values);
			narrowed.addAll(bound);
			from.addAll(Collections.nCopies(bound.size(), i));
		}
		return new BoundPatterns(narrowed, from.stream().mapToInt(Integer::intValue).toArray());
	}

	List<PathPattern> patterns() {
		return this.patterns;
	}

	// The index of the declared pattern that covers a write, or -1
	int covering(Path path) {
		for (int i = 0; i < this.patterns.size(); i++) {
			if (this.patterns.get(i).covers(path)) {
				return this.origins[i];
			}
		}
		return -1;
	}

	// Whether a pattern of those that are wanted by their declared index covers a write
	boolean anyCovering(Path path, IntPredicate wanted) {
		for (int i = 0; i < this.patterns.size(); i++) {
			if (wanted.test(this.origins[i]) && this.patterns.get(i).covers(path)) {
				return true;
			}
		}
		return false;
	}

	// The index of the declared pattern that covers a read, or -1
	int covering(Path path, ReadScope scope) {
		for (int i = 0; i < this.patterns.size(); i++) {
			PathPattern pattern = this.patterns.get(i);
			if ((scope == ReadScope.KEYS) ? pattern.coversKeysOf(path) : pattern.coversChildrenOf(path)) {
				return this.origins[i];
			}
		}
		return -1;
	}

}
