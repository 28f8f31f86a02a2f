package io.theus.internal.collection;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The trie of arrays that holds all of a {@link PersistentList} but its tail.
 */
final class VectorTrie {

	/*
	 * A bit-partitioned vector as in Clojure (Phil Bagwell and Tiark Rompf, "RRB-Trees:
	 * Efficient Immutable Vectors", EPFL 2011, section 2, describe it). A leaf is an
	 * array of 32 elements. An inner node is an array of its children, as long as it has
	 * any. All leaves are at the same depth and are filled from left to right, so that
	 * five bits of an index, from 'shift' downwards, say which child to take, and lists
	 * of equal size have equal shape. 'shift' of the root is at least BITS: the root is
	 * always an inner node.
	 *
	 * No array changes once it is in a trie. Elements are added by whole leaves, which
	 * costs a copy of the path to the leaf once in 32 elements; bulk construction
	 * therefore needs no ownership of nodes as in TrieNode.
	 */

	static final int BITS = 5;

	static final int WIDTH = 1 << BITS;

	static final int MASK = WIDTH - 1;

	static final Object[] EMPTY = new Object[0];

	private VectorTrie() {
	}

	// Returns the leaf that has the element at an index.
	static @Nullable Object[] leaf(@Nullable Object[] root, int shift, int index) {
		@Nullable Object[] node = root;
		for (int level = shift; level > 0; level -= BITS) {
			node = child(node, (index >>> level) & MASK);
		}
		return node;
	}

	// Whether the root has no place for another leaf behind the given number of elements.
	static boolean full(int shift, int elements) {
		return (elements >>> BITS) == (1 << shift);
	}

	// Returns a root one level higher, with the old root and a path to the leaf.
	static Object[] grown(@Nullable Object[] root, int shift, @Nullable Object[] leaf) {
		return new Object[] { root, path(shift, leaf) };
	}

	// Returns a node with the leaf put behind the given number of elements.
	static @Nullable Object[] withLeaf(@Nullable Object[] node, int shift, int elements, @Nullable Object[] leaf) {
		int slot = (elements >>> shift) & MASK;
		boolean present = slot < node.length;
		@Nullable Object[] copy = Arrays.copyOf(node, present ? node.length : slot + 1);
		if (shift > BITS && present) {
			copy[slot] = withLeaf(child(node, slot), shift - BITS, elements, leaf);
		}
		else {
			copy[slot] = path(shift - BITS, leaf);
		}
		return copy;
	}

	// Returns a node with another element at an index.
	static @Nullable Object[] withElement(@Nullable Object[] node, int shift, int index, @Nullable Object element) {
		@Nullable Object[] copy = node.clone();
		int slot = (index >>> shift) & MASK;
		copy[slot] = (shift > 0) ? withElement(child(node, slot), shift - BITS, index, element) : element;
		return copy;
	}

	// Whether two nodes of the same shape have equal elements.
	static boolean sameElements(@Nullable Object[] one, @Nullable Object[] other, int shift) {
		if (one == other) {
			return true;
		}
		for (int slot = 0; slot < one.length; slot++) {
			boolean same = (shift > 0) ? sameElements(child(one, slot), child(other, slot), shift - BITS)
					: TrieNode.same(one[slot], other[slot]);
			if (!same) {
				return false;
			}
		}
		return true;
	}

	// Counts the leading elements that two nodes of the same height have in shared
	// arrays. An array that is not full counts as if it were: it is the last one in both.
	static long sharedElements(@Nullable Object[] one, @Nullable Object[] other, int shift) {
		if (one == other) {
			return 1L << (shift + BITS);
		}
		long shared = 0;
		for (int slot = 0; shift > 0 && slot < Math.min(one.length, other.length); slot++) {
			if (one[slot] != other[slot]) {
				return shared + sharedElements(child(one, slot), child(other, slot), shift - BITS);
			}
			shared += 1L << shift;
		}
		return shared;
	}

	// The first node below a root that is as high as another root
	static @Nullable Object[] lowered(@Nullable Object[] root, int shift, int wanted) {
		@Nullable Object[] node = root;
		for (int level = shift; level > wanted; level -= BITS) {
			node = child(node, 0);
		}
		return node;
	}

	private static @Nullable Object[] path(int shift, @Nullable Object[] leaf) {
		return (shift > 0) ? new Object[] { path(shift - BITS, leaf) } : leaf;
	}

	@SuppressWarnings("NullAway") // an inner node has no empty slots
	private static @Nullable Object[] child(@Nullable Object[] node, int slot) {
		return (@Nullable Object[]) node[slot];
	}

}
