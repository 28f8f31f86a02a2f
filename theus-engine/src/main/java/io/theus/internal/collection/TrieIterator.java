package io.theus.internal.collection;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/**
 * Walks a trie, depth first, the entries of a node before its children.
 *
 * @param <E> what is made of each entry
 */
abstract class TrieIterator<E extends @Nullable Object> implements Iterator<E> {

	private static final int MAX_DEPTH = TrieNode.LAST_SHIFT / TrieNode.BITS + 1;

	private static final TrieNode[] NO_PATH = new TrieNode[0];

	private static final int[] NO_CHILDREN = new int[0];

	private final ReadOnly kind;

	/** The nodes whose children are being visited; not allocated for a lone root. */
	private TrieNode[] path = NO_PATH;

	/** In which slot of each of these nodes the next child is. */
	private int[] next = NO_CHILDREN;

	private int depth = -1;

	private @Nullable Object[] content;

	private int index;

	private int end;

	TrieIterator(TrieNode root, ReadOnly kind) {
		this.kind = kind;
		this.content = root.content;
		enter(root);
		advance();
	}

	// The trie holds objects, null among them; the subclass knows of which type they are
	abstract E element(@Nullable Object key, @Nullable Object value);

	@Override
	public final boolean hasNext() {
		return this.index < this.end;
	}

	@Override
	public final E next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		E element = element(this.content[this.index], this.content[this.index + 1]);
		this.index += 2;
		advance();
		return element;
	}

	@Override
	public final void remove() {
		throw this.kind.refusal();
	}

	private void advance() {
		while (this.index == this.end && this.depth >= 0) {
			TrieNode parent = this.path[this.depth];
			int slot = this.next[this.depth]++;
			if (slot == parent.content.length - 1) {
				this.depth--;
			}
			enter(parent.childAt(slot));
		}
	}

	private void enter(TrieNode node) {
		this.content = node.content;
		this.index = 0;
		this.end = node.dataLength();
		if (this.end < this.content.length) {
			push(node);
		}
	}

	private void push(TrieNode node) {
		if (this.path == NO_PATH) {
			this.path = new TrieNode[MAX_DEPTH];
			this.next = new int[MAX_DEPTH];
		}
		this.depth++;
		this.path[this.depth] = node;
		this.next[this.depth] = this.end;
	}

	/**
	 * Walks the keys.
	 *
	 * @param <K> the type of the keys
	 */
	static final class Keys<K extends @Nullable Object> extends TrieIterator<K> {

		Keys(TrieNode root, ReadOnly kind) {
			super(root, kind);
		}

		@Override
		@SuppressWarnings({ "unchecked", "NullAway" })
		K element(@Nullable Object key, @Nullable Object value) {
			return (K) key;
		}

	}

	/**
	 * Walks the values of a map.
	 *
	 * @param <V> the type of the values
	 */
	static final class Values<V> extends TrieIterator<@Nullable V> {

		Values(TrieNode root) {
			super(root, ReadOnly.MAP);
		}

		@Override
		@SuppressWarnings({ "unchecked", "NullAway" })
		@Nullable V element(@Nullable Object key, @Nullable Object value) {
			return (V) value;
		}

	}

	/**
	 * Walks the entries of a map.
	 *
	 * @param <V> the type of the values
	 */
	static final class Entries<V> extends TrieIterator<Map.Entry<String, @Nullable V>> {

		Entries(TrieNode root) {
			super(root, ReadOnly.MAP);
		}

		@Override
		@SuppressWarnings({ "unchecked", "NullAway" })
		Map.Entry<String, @Nullable V> element(@Nullable Object key, @Nullable Object value) {
			return new ReadOnlyEntry<>((String) key, (V) value);
		}

	}

}
