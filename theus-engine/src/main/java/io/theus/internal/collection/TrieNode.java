package io.theus.internal.collection;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A node of the hash trie that maps and sets are made of.
 */
final class TrieNode {

	/*
	 * The trie is a CHAMP: Michael J. Steindorfer and Jurgen J. Vinju, "Optimizing
	 * Hash-Array Mapped Tries for Fast and Lean Immutable JVM Collections", OOPSLA 2015.
	 *
	 * Layout. A node at depth d looks at bits 5d to 5d+4 of the hash, the fragment. Bit f
	 * of 'dataMap' says that the one entry with fragment f is in this node; bit f of
	 * 'nodeMap' says that several entries have fragment f and are in a child. Both are
	 * never set. 'content' has the entries in the order of their fragments, key and value
	 * side by side, from the front, and the children in the order of theirs from the
	 * back:
	 *
	 * key value key value ... child(f3) child(f2) child(f1)
	 *
	 * so that either is found with one bit count. A hash has seven fragments, the last of
	 * two bits. Keys that agree in all of them sit in a node at depth seven that has no
	 * bits, only entries, and is searched from front to back. Depth alone tells such a
	 * node apart; hence there is one class of node and no call here is virtual. As hashes
	 * are spread by a bijection, it holds just the keys of equal hashCode; many of them
	 * make a list.
	 *
	 * Canonical form. A node below the root has at least two entries under it, for else
	 * its only entry would be in its parent. Writes keep that: a removal that leaves a
	 * child with one entry puts that entry in the place of the child, which goes on until
	 * a node has something else or is the root. Hence equal contents make tries of equal
	 * shape (entries of equal hash may be in any order), and equality and difference
	 * compare node with node and stop at nodes that both sides share.
	 *
	 * Ownership. A write copies the nodes from the root to the entry and no others. A
	 * write under an Edit does the same, but marks its copies with that Edit; when it
	 * comes to a node that already has its mark, no map made before the batch can reach
	 * that node, and it replaces a slot of 'content' in place. Nothing else ever changes
	 * after the constructor: a write that adds or removes a slot makes a new node even
	 * then, and puts it into the slot of its parent. Only nodes with children are marked:
	 * a batch comes through them again and again, while a leaf is small, and there are so
	 * many that their marks would keep an Edit alive for nearly each. Hence
	 *
	 * - a mark is never taken over: a copy gets the mark of the writer, or none. It need
	 * not be erased either. When the batch forgets its Edit, nobody can present it again,
	 * and its nodes are immutable from then on; - an in-place change cannot be seen from
	 * the return value, as the node stays the same. Every write tells its effect in its
	 * TrieWrite; - 'no mark' must not match 'no edit': owned(null) is false.
	 *
	 * Publication. All fields are final. What was made without an Edit is complete when
	 * its constructor ends, so it may be published in any way, even by a data race (JLS
	 * 17.5). A write to a slot under an Edit comes after the constructor of its node. A
	 * map made by such a write is a new object with a final field and thus covers what
	 * its own thread wrote before, but a map that is higher up in a tree may be older
	 * than what was written below it. Trees made under an Edit need the ordering of a
	 * volatile write or of a lock, which the commit has anyway.
	 */

	static final TrieNode EMPTY = new TrieNode(0, 0, new Object[0], null);

	/** What {@link #find} can be told to answer for a key that is absent. */
	static final Object ABSENT = new Object();

	static final int BITS = 5;

	static final int MASK = (1 << BITS) - 1;

	/** The largest shift at which the hash has bits left. */
	static final int LAST_SHIFT = 30;

	final int dataMap;

	final int nodeMap;

	final @Nullable Object[] content;

	/** The mark, only on a node with children. */
	private final @Nullable Edit owner;

	private TrieNode(int dataMap, int nodeMap, @Nullable Object[] content, @Nullable Edit edit) {
		this.dataMap = dataMap;
		this.nodeMap = nodeMap;
		this.content = content;
		this.owner = (nodeMap != 0) ? edit : null;
	}

	// The hash by which a key is placed: a bijection of its hash code.
	static int hash(@Nullable Object key) {
		if (key instanceof String text) {
			return spread(text.hashCode());
		}
		return (key != null) ? spread(key.hashCode()) : 0;
	}

	static int spread(int hashCode) {
		int product = hashCode * 0x9E3779B9;
		return product ^ (product >>> 15);
	}

	// Equality of keys and of values. The test for text keeps the call for by far the
	// most frequent kind of key direct, whatever else is stored in this virtual machine.
	static boolean same(@Nullable Object one, @Nullable Object other) {
		if (one == other) {
			return true;
		}
		return (one instanceof String text) ? text.equals(other) : (one != null && one.equals(other));
	}

	@Nullable Object find(int hash, @Nullable Object key, @Nullable Object absent) {
		TrieNode node = this;
		for (int shift = 0;; shift += BITS) {
			int bit = 1 << (hash >>> shift);
			if ((node.dataMap & bit) != 0) {
				int index = node.dataIndex(bit);
				return same(key, node.content[index]) ? node.content[index + 1] : absent;
			}
			if ((node.nodeMap & bit) == 0) {
				int index = (shift > LAST_SHIFT) ? node.indexOf(key) : -1;
				return (index >= 0) ? node.content[index + 1] : absent;
			}
			node = node.child(bit);
		}
	}

	// Stores a value; 'shift' is the place in the hash of the fragment that this node
	// looks at. The result is this node if nothing changed, or if it changed in place.
	TrieNode with(TrieWrite write, int shift) {
		if (shift > LAST_SHIFT) {
			int index = indexOf(write.key);
			return (index >= 0) ? withValue(write, index + 1) : withEntry(write, 0, this.content.length);
		}
		int bit = 1 << (write.hash >>> shift);
		if ((this.dataMap & bit) != 0) {
			int index = dataIndex(bit);
			return same(write.key, this.content[index]) ? withValue(write, index + 1)
					: withSplit(write, bit, index, shift);
		}
		if ((this.nodeMap & bit) != 0) {
			int index = nodeIndex(bit);
			TrieNode child = childAt(index);
			TrieNode replacement = child.with(write, shift + BITS);
			return (replacement != child) ? withSlot(index, replacement, write.edit) : this;
		}
		return withEntry(write, bit, dataIndex(bit));
	}

	// Stores another value under a key that is there, without a look at the old value.
	TrieNode replace(int hash, int shift, String key, @Nullable Object value, @Nullable Edit edit) {
		if (shift > LAST_SHIFT) {
			return withSlot(indexOf(key) + 1, value, edit);
		}
		int bit = 1 << (hash >>> shift);
		if ((this.dataMap & bit) != 0) {
			return withSlot(dataIndex(bit) + 1, value, edit);
		}
		int index = nodeIndex(bit);
		TrieNode child = childAt(index);
		TrieNode replacement = child.replace(hash, shift + BITS, key, value, edit);
		return (replacement != child) ? withSlot(index, replacement, edit) : this;
	}

	// Removes a key, likewise. A parent takes the entry out of a result that has but one.
	TrieNode without(TrieWrite write, int shift) {
		if (shift > LAST_SHIFT) {
			int index = indexOf(write.key);
			return (index >= 0) ? withoutEntry(write, 0, index) : this;
		}
		int bit = 1 << (write.hash >>> shift);
		if ((this.dataMap & bit) != 0) {
			int index = dataIndex(bit);
			return same(write.key, this.content[index]) ? withoutEntry(write, bit, index) : this;
		}
		return ((this.nodeMap & bit) != 0) ? withoutBelow(write, bit, shift) : this;
	}

	// Whether both have equal entries; both must be at the same depth.
	boolean sameEntries(TrieNode other) {
		if (this == other) {
			return true;
		}
		if (this.dataMap != other.dataMap || this.nodeMap != other.nodeMap
				|| this.content.length != other.content.length) {
			return false;
		}
		return ((this.dataMap | this.nodeMap) != 0) ? sameSlots(other) : sameEntriesInAnyOrder(other);
	}

	void forEach(BiConsumer<? super @Nullable Object, ? super @Nullable Object> action) {
		int dataLength = dataLength();
		for (int i = 0; i < dataLength; i += 2) {
			action.accept(this.content[i], this.content[i + 1]);
		}
		for (int i = dataLength; i < this.content.length; i++) {
			childAt(i).forEach(action);
		}
	}

	// Visits the entries with a fragment, here and below.
	void forEachOf(int bit, BiConsumer<? super @Nullable Object, ? super @Nullable Object> action) {
		if ((this.nodeMap & bit) != 0) {
			child(bit).forEach(action);
		}
		else if ((this.dataMap & bit) != 0) {
			int index = dataIndex(bit);
			action.accept(this.content[index], this.content[index + 1]);
		}
	}

	// How many slots at the front of the content belong to entries.
	int dataLength() {
		return this.content.length - Integer.bitCount(this.nodeMap);
	}

	int dataIndex(int bit) {
		return 2 * Integer.bitCount(this.dataMap & (bit - 1));
	}

	TrieNode child(int bit) {
		return childAt(nodeIndex(bit));
	}

	// Where the key is in a node of entries with equal hash, -1 if it is not there.
	int indexOf(@Nullable Object key) {
		for (int i = 0; i < this.content.length; i += 2) {
			if (same(key, this.content[i])) {
				return i;
			}
		}
		return -1;
	}

	private int nodeIndex(int bit) {
		return this.content.length - 1 - Integer.bitCount(this.nodeMap & (bit - 1));
	}

	@SuppressWarnings("NullAway") // behind the entries there are nodes only
	TrieNode childAt(int index) {
		return (TrieNode) this.content[index];
	}

	private boolean owned(@Nullable Edit edit) {
		return edit != null && this.owner == edit;
	}

	private boolean isSingle() {
		return this.nodeMap == 0 && this.content.length == 2;
	}

	private TrieNode withValue(TrieWrite write, int index) {
		if (write.leaves(this.content[index])) {
			return this;
		}
		write.changed(0);
		return withSlot(index, write.value, write.edit);
	}

	// The only place where a node changes after its constructor.
	private TrieNode withSlot(int index, @Nullable Object value, @Nullable Edit edit) {
		if (owned(edit)) {
			this.content[index] = value;
			return this;
		}
		@Nullable Object[] copy = this.content.clone();
		copy[index] = value;
		return new TrieNode(this.dataMap, this.nodeMap, copy, edit);
	}

	private TrieNode withEntry(TrieWrite write, int bit, int index) {
		write.changed(1);
		@Nullable Object[] target = new Object[this.content.length + 2];
		System.arraycopy(this.content, 0, target, 0, index);
		target[index] = write.key;
		target[index + 1] = write.value;
		System.arraycopy(this.content, index, target, index + 2, this.content.length - index);
		return new TrieNode(this.dataMap | bit, this.nodeMap, target, write.edit);
	}

	// Moves the entry at the index into a child, together with the one to be stored.
	private TrieNode withSplit(TrieWrite write, int bit, int index, int shift) {
		write.changed(1);
		Object key = this.content[index];
		TrieNode child = pair(write, key, this.content[index + 1], hash(key), shift + BITS);
		int length = this.content.length;
		int end = length - Integer.bitCount(this.nodeMap & (bit - 1));
		@Nullable Object[] target = new Object[length - 1];
		System.arraycopy(this.content, 0, target, 0, index);
		System.arraycopy(this.content, index + 2, target, index, end - index - 2);
		target[end - 2] = child;
		System.arraycopy(this.content, end, target, end - 1, length - end);
		return new TrieNode(this.dataMap ^ bit, this.nodeMap | bit, target, write.edit);
	}

	private static TrieNode pair(TrieWrite write, @Nullable Object key, @Nullable Object value, int hash, int shift) {
		if (shift > LAST_SHIFT) {
			return new TrieNode(0, 0, new @Nullable Object[] { key, value, write.key, write.value }, write.edit);
		}
		int fragment = (hash >>> shift) & MASK;
		int other = (write.hash >>> shift) & MASK;
		if (fragment == other) {
			Object[] child = { pair(write, key, value, hash, shift + BITS) };
			return new TrieNode(0, 1 << fragment, child, write.edit);
		}
		@Nullable Object[] entries = (fragment < other) ? new @Nullable Object[] { key, value, write.key, write.value }
				: new @Nullable Object[] { write.key, write.value, key, value };
		return new TrieNode((1 << fragment) | (1 << other), 0, entries, write.edit);
	}

	private TrieNode withoutEntry(TrieWrite write, int bit, int index) {
		write.changed(-1);
		int length = this.content.length;
		if (length == 2) {
			return EMPTY;
		}
		@Nullable Object[] target = new Object[length - 2];
		System.arraycopy(this.content, 0, target, 0, index);
		System.arraycopy(this.content, index + 2, target, index, length - index - 2);
		return new TrieNode(this.dataMap ^ bit, this.nodeMap, target, write.edit);
	}

	private TrieNode withoutBelow(TrieWrite write, int bit, int shift) {
		int index = nodeIndex(bit);
		TrieNode child = childAt(index);
		TrieNode replacement = child.without(write, shift + BITS);
		if (replacement == child) {
			return this;
		}
		return replacement.isSingle() ? withInlined(write, bit, index, replacement)
				: withSlot(index, replacement, write.edit);
	}

	// Puts the only entry of what the child has become in the place of the child.
	private TrieNode withInlined(TrieWrite write, int bit, int nodeIndex, TrieNode single) {
		int length = this.content.length;
		int index = dataIndex(bit);
		@Nullable Object[] target = new Object[length + 1];
		System.arraycopy(this.content, 0, target, 0, index);
		target[index] = single.content[0];
		target[index + 1] = single.content[1];
		System.arraycopy(this.content, index, target, index + 2, nodeIndex - index);
		System.arraycopy(this.content, nodeIndex + 1, target, nodeIndex + 2, length - nodeIndex - 1);
		return new TrieNode(this.dataMap | bit, this.nodeMap ^ bit, target, write.edit);
	}

	private boolean sameSlots(TrieNode other) {
		int dataLength = dataLength();
		for (int i = 0; i < this.content.length; i++) {
			Object slot = this.content[i];
			Object otherSlot = other.content[i];
			// Most slots are shared: identity comes before casts and calls
			if (slot != otherSlot
					&& !((i < dataLength) ? same(slot, otherSlot) : childAt(i).sameEntries(other.childAt(i)))) {
				return false;
			}
		}
		return true;
	}

	private boolean sameEntriesInAnyOrder(TrieNode other) {
		for (int i = 0; i < this.content.length; i += 2) {
			int index = other.indexOf(this.content[i]);
			if (index < 0 || !same(this.content[i + 1], other.content[index + 1])) {
				return false;
			}
		}
		return true;
	}

}
