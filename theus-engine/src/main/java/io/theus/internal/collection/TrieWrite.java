package io.theus.internal.collection;

import org.jspecify.annotations.Nullable;

/**
 * One write to a trie: what is asked for, and what came of it.
 */
final class TrieWrite {

	final int hash;

	final @Nullable Object key;

	final @Nullable Object value;

	final @Nullable Edit edit;

	/** Whether the content changed. */
	boolean effective;

	/** By how much the number of entries changed. */
	int growth;

	private TrieWrite(int hash, @Nullable Object key, @Nullable Object value, @Nullable Edit edit) {
		this.hash = hash;
		this.key = key;
		this.value = value;
		this.edit = edit;
	}

	// Stores a value unless an equal one is stored.
	static TrieWrite set(int hash, @Nullable Object key, @Nullable Object value, @Nullable Edit edit) {
		return new TrieWrite(hash, key, value, edit);
	}

	static TrieWrite remove(int hash, @Nullable Object key, @Nullable Edit edit) {
		return new TrieWrite(hash, key, null, edit);
	}

	boolean leaves(@Nullable Object stored) {
		return TrieNode.same(stored, this.value);
	}

	void changed(int growth) {
		this.effective = true;
		this.growth = growth;
	}

}
