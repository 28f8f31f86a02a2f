package io.theus.transaction;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;

/**
 * What a transaction read and wrote: each path once, with the value that the snapshot
 * holds there and how the path was used.
 */
// Most transactions touch a handful of paths. Up to LINEAR entries a look-up compares
// hashes one after the other; beyond that an open-addressing index of positions is kept.
// Entries keep the order in which paths were first used. Not thread-safe.
final class AccessLog {

	static final int READ = 1;

	static final int WRITE = 2;

	// Written by an operation that is repeated on whatever is live: not validated
	static final int MERGE = 4;

	// Written whatever others wrote: the last writer wins
	static final int BLIND = 8;

	private static final int ANY_WRITE = WRITE | MERGE | BLIND;

	// Written as a map, which may be an empty one on purpose
	static final int WHOLE = 16;

	private static final int LINEAR = 8;

	private Path[] paths = new Path[LINEAR];

	private @Nullable Object[] observed = new Object[LINEAR];

	private byte[] uses = new byte[LINEAR];

	private int @Nullable [] index;

	private int size;

	private int writes;

	int size() {
		return this.size;
	}

	// How many paths were written in any way
	int writes() {
		return this.writes;
	}

	Path path(int position) {
		return this.paths[position];
	}

	@Nullable Object observed(int position) {
		return this.observed[position];
	}

	boolean is(int position, int use) {
		return (this.uses[position] & use) != 0;
	}

	boolean isWritten(int position) {
		return (this.uses[position] & ANY_WRITE) != 0;
	}

	int find(Path path) {
		if (this.index == null) {
			for (int i = 0; i < this.size; i++) {
				if (this.paths[i].equals(path)) {
					return i;
				}
			}
			return -1;
		}
		return this.index[slot(this.index, path)] - 1;
	}

	void mark(int position, int use) {
		if ((this.uses[position] & ANY_WRITE) == 0 && (use & ANY_WRITE) != 0) {
			this.writes++;
		}
		this.uses[position] |= (byte) use;
	}

	void add(Path path, @Nullable Object value, int use) {
		if (this.size == this.paths.length) {
			grow();
		}
		this.paths[this.size] = path;
		this.observed[this.size] = value;
		this.size++;
		mark(this.size - 1, use);
		if (this.index != null) {
			this.index[slot(this.index, path)] = this.size;
		}
	}

	private void grow() {
		int capacity = 2 * this.paths.length;
		this.paths = Arrays.copyOf(this.paths, capacity);
		this.observed = Arrays.copyOf(this.observed, capacity);
		this.uses = Arrays.copyOf(this.uses, capacity);
		int[] grown = new int[4 * capacity];
		for (int i = 0; i < this.size; i++) {
			grown[slot(grown, this.paths[i])] = i + 1;
		}
		this.index = grown;
	}

	private int slot(int[] table, Path path) {
		int mask = table.length - 1;
		int slot = (path.hashCode() * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(mask);
		while (table[slot] != 0 && !this.paths[table[slot] - 1].equals(path)) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

}
