package io.theus.internal.collection;

import org.jspecify.annotations.Nullable;

/**
 * Compares two tries whose keys are text, and tells a visitor what differs.
 *
 * <p>
 * Both tries are in canonical form, so equal fragments of hash are met at equal depth,
 * and a node that both share holds no difference and is left out. What remains are the
 * nodes on the way to the differences. Not final so that a test can count them.
 *
 * @param <V> the type of the values
 */
@SuppressWarnings({ "unchecked", "NullAway" }) // a map of V has nothing but text and V in
												// its trie
class TrieDiff<V> {

	private final TrieNode before;

	private final TrieNode after;

	private final DiffVisitor<? super V> visitor;

	TrieDiff(TrieNode before, TrieNode after, DiffVisitor<? super V> visitor) {
		this.before = before;
		this.after = after;
		this.visitor = visitor;
	}

	final void run() {
		if (this.before != this.after) {
			compare(this.before, this.after, 0);
		}
	}

	// Compares two nodes that are not the same, from the same place in their tries
	void compare(TrieNode before, TrieNode after, int shift) {
		if (shift > TrieNode.LAST_SHIFT) {
			before.forEach(this::reportBefore);
			after.forEach(this::reportAfter);
		}
		else if (before.dataMap == after.dataMap && before.nodeMap == after.nodeMap) {
			compareAligned(before, after, shift);
		}
		else {
			int bits = before.dataMap | before.nodeMap | after.dataMap | after.nodeMap;
			while (bits != 0) {
				int bit = Integer.lowestOneBit(bits);
				compareFragment(before, after, bit, shift);
				bits ^= bit;
			}
		}
	}

	private void compareAligned(TrieNode before, TrieNode after, int shift) {
		int dataLength = before.dataLength();
		for (int i = 0; i < dataLength; i += 2) {
			compareEntries(before, i, after, i);
		}
		for (int i = dataLength; i < before.content.length; i++) {
			// Most children are shared: identity comes before casts and calls
			if (before.content[i] != after.content[i]) {
				compare(before.childAt(i), after.childAt(i), shift + TrieNode.BITS);
			}
		}
	}

	private void compareFragment(TrieNode before, TrieNode after, int bit, int shift) {
		if ((before.nodeMap & after.nodeMap & bit) != 0) {
			compareChildren(before.child(bit), after.child(bit), shift);
		}
		else if ((before.dataMap & after.dataMap & bit) != 0) {
			compareEntries(before, before.dataIndex(bit), after, after.dataIndex(bit));
		}
		else {
			before.forEachOf(bit, this::reportBefore);
			after.forEachOf(bit, this::reportAfter);
		}
	}

	private void compareChildren(TrieNode before, TrieNode after, int shift) {
		if (before != after) {
			compare(before, after, shift + TrieNode.BITS);
		}
	}

	private void compareEntries(TrieNode before, int beforeIndex, TrieNode after, int afterIndex) {
		Object key = before.content[beforeIndex];
		Object value = before.content[beforeIndex + 1];
		Object otherKey = after.content[afterIndex];
		Object otherValue = after.content[afterIndex + 1];
		if (TrieNode.same(key, otherKey)) {
			reportChange(key, value, otherValue);
		}
		else {
			this.visitor.removed((String) key, (V) value);
			this.visitor.added((String) otherKey, (V) otherValue);
		}
	}

	private void reportBefore(@Nullable Object key, @Nullable Object value) {
		Object otherValue = this.after.find(TrieNode.hash(key), key, TrieNode.ABSENT);
		if (otherValue != TrieNode.ABSENT) {
			reportChange(key, value, otherValue);
		}
		else {
			this.visitor.removed((String) key, (V) value);
		}
	}

	private void reportAfter(@Nullable Object key, @Nullable Object value) {
		if (this.before.find(TrieNode.hash(key), key, TrieNode.ABSENT) == TrieNode.ABSENT) {
			this.visitor.added((String) key, (V) value);
		}
	}

	private void reportChange(@Nullable Object key, @Nullable Object before, @Nullable Object after) {
		if (!TrieNode.same(before, after)) {
			this.visitor.changed((String) key, (V) before, (V) after);
		}
	}

}
