package io.theus.transaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;

/**
 * The paths that were written in one scope, each once, in the order of the first writes.
 */
// A handful is searched one after the other; beyond LINEAR an index is kept, so that a
// body which writes and reads thousands of keys does not search thousands of paths for
// each read.
final class OwnWrites {

	private static final int LINEAR = 16;

	// Shared as long as it is empty: most scopes see no write
	private List<Path> paths = List.of();

	private @Nullable Set<Path> index;

	// Of all paths that are or were in here: no path is shorter
	private int shortest = Integer.MAX_VALUE;

	void add(Path path) {
		if (this.index != null) {
			if (!this.index.add(path)) {
				return;
			}
		}
		else if (this.paths.contains(path)) {
			return;
		}
		append(path);
		this.shortest = Math.min(this.shortest, path.length());
		if (this.index == null && this.paths.size() > LINEAR) {
			this.index = new HashSet<>(this.paths);
		}
	}

	// Many scopes write one path only
	private void append(Path path) {
		if (this.paths.isEmpty()) {
			this.paths = List.of(path);
			return;
		}
		if (this.paths.size() == 1) {
			this.paths = new ArrayList<>(this.paths);
		}
		this.paths.add(path);
	}

	int size() {
		return this.paths.size();
	}

	// Forget all but the first paths
	void truncate(int size) {
		if (size < this.paths.size()) {
			this.paths = (size > 0) ? new ArrayList<>(this.paths.subList(0, size)) : List.of();
			this.index = (size > LINEAR) ? new HashSet<>(this.paths) : null;
		}
	}

	// Whether the path itself or one above it is in here
	boolean covers(Path path) {
		if (this.index == null) {
			for (int i = 0; i < this.paths.size(); i++) {
				if (path.startsWith(this.paths.get(i))) {
					return true;
				}
			}
			return false;
		}
		for (int length = path.length(); length >= this.shortest; length--) {
			if (this.index.contains(path.prefix(length))) {
				return true;
			}
		}
		return false;
	}

	// The paths in here that are the given one, above it or below it
	List<Path> meeting(Path path) {
		if (this.paths.isEmpty()) {
			return List.of();
		}
		return this.paths.stream().filter((own) -> own.startsWith(path) || path.startsWith(own)).toList();
	}

}
