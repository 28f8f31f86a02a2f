package io.theus.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import io.theus.path.Path;
import io.theus.path.PathPattern;

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

	static BoundPatterns narrow(List<PathPattern> declared, Function<String, List<String>> binding) {
		List<PathPattern> patterns = new ArrayList<>(declared.size());
		int[] origins = new int[declared.size()];
		for (int i = 0; i < declared.size(); i++) {
			for (PathPattern narrowed : declared.get(i).narrow(binding)) {
				if (patterns.size() == origins.length) {
					origins = Arrays.copyOf(origins, 2 * origins.length);
				}
				origins[patterns.size()] = i;
				patterns.add(narrowed);
			}
		}
		return new BoundPatterns(patterns, origins);
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
