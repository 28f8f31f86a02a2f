package io.theus.internal.collection;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An immutable list of values, which may be {@code null}.
 *
 * <p>
 * {@link #get} and {@link #with} cost about log<sub>32</sub> n, {@link #append} a copy of
 * at most 32 elements and once in 32 times log<sub>32</sub> n more, {@link #without} in
 * general n. {@code with} answers this very list when it has nothing to change. As a
 * {@link java.util.List} it is read-only: all mutators of that interface throw
 * {@link UnsupportedOperationException}.
 *
 * <p>
 * Safe for use by several threads, however published. The structure is the
 * bit-partitioned vector trie with a tail, as in Clojure.
 *
 * @param <E> the type of the elements
 * @since 0.1.0
 */
public final class PersistentList<E> extends ReadOnlyList<E> {

	private static final PersistentList<?> EMPTY = new PersistentList<>(0, VectorTrie.BITS, VectorTrie.EMPTY,
			VectorTrie.EMPTY);

	private final int size;

	/** The shift of the root of the trie. */
	private final int shift;

	/** The trie: all elements but those of the tail, a multiple of 32. */
	private final @Nullable Object[] root;

	/** The last elements, at most 32, at least one unless the list is empty. */
	private final @Nullable Object[] tail;

	private PersistentList(int size, int shift, @Nullable Object[] root, @Nullable Object[] tail) {
		this.size = size;
		this.shift = shift;
		this.root = root;
		this.tail = tail;
	}

	/**
	 * Return the list without elements.
	 * @param <E> the type of the elements
	 * @return the empty list
	 */
	@SuppressWarnings("unchecked")
	public static <E> PersistentList<E> empty() {
		return (PersistentList<E>) EMPTY;
	}

	/**
	 * Return a list of the given elements in the order of their iteration.
	 * @param <E> the type of the elements
	 * @param elements the elements
	 * @return a list of them, which is the argument if that is a persistent list
	 */
	@SuppressWarnings("unchecked")
	public static <E> PersistentList<E> copyOf(Collection<? extends @Nullable E> elements) {
		if (elements instanceof PersistentList<?> persistent) {
			return (PersistentList<E>) persistent;
		}
		return PersistentList.<E>empty().appendAll(elements);
	}

	/**
	 * Start to build a list.
	 * @param <E> the type of the elements
	 * @return a builder without elements
	 */
	public static <E> Builder<E> builder() {
		return new Builder<>(empty());
	}

	/**
	 * Put an element at the end.
	 * @param element the element, may be {@code null}
	 * @return a list with that element as its last
	 */
	public PersistentList<E> append(@Nullable E element) {
		int length = this.tail.length;
		if (length == VectorTrie.WIDTH) {
			return new Builder<>(this).add(element).build();
		}
		@Nullable Object[] tail = Arrays.copyOf(this.tail, length + 1);
		tail[length] = element;
		return new PersistentList<>(this.size + 1, this.shift, this.root, tail);
	}

	/**
	 * Put elements at the end, in the order of their iteration.
	 * @param elements the elements
	 * @return a list with those elements behind the ones of this list; this list if there
	 * are none
	 */
	public PersistentList<E> appendAll(Collection<? extends @Nullable E> elements) {
		return elements.isEmpty() ? this : new Builder<>(this).addAll(elements).build();
	}

	/**
	 * Replace an element.
	 * @param index the position of the element
	 * @param element the element, may be {@code null}
	 * @return a list with that element; this list if the present one is equal
	 * @throws IndexOutOfBoundsException if there is no such position
	 */
	public PersistentList<E> with(int index, @Nullable E element) {
		if (TrieNode.same(get(index), element)) {
			return this;
		}
		if (index < tailOffset()) {
			@Nullable Object[] root = VectorTrie.withElement(this.root, this.shift, index, element);
			return new PersistentList<>(this.size, this.shift, root, this.tail);
		}
		@Nullable Object[] tail = VectorTrie.withElement(this.tail, 0, index, element);
		return new PersistentList<>(this.size, this.shift, this.root, tail);
	}

	/**
	 * Remove an element; those behind it move one position to the front.
	 * @param index the position of the element
	 * @return a list without that element
	 * @throws IndexOutOfBoundsException if there is no such position
	 */
	public PersistentList<E> without(int index) {
		Objects.checkIndex(index, this.size);
		Builder<E> builder = builder();
		int position = 0;
		for (E element : this) {
			if (position++ != index) {
				builder.add(element);
			}
		}
		return builder.build();
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	@SuppressWarnings("unchecked")
	public @Nullable E get(int index) {
		Objects.checkIndex(index, this.size);
		return (E) leaf(index)[index & VectorTrie.MASK];
	}

	@Override
	public Iterator<@Nullable E> iterator() {
		return new Elements();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (other instanceof PersistentList<?> list) {
			return this.size == list.size && VectorTrie.sameElements(this.tail, list.tail, 0)
					&& VectorTrie.sameElements(this.root, list.root, this.shift);
		}
		return super.equals(other);
	}

	@Override
	public int hashCode() {
		int result = 1;
		for (E element : this) {
			result = 31 * result + Objects.hashCode(element);
		}
		return result;
	}

	/**
	 * Tell how far this list begins with the very elements of another one. What the lists
	 * share is not looked at, so that the cost for a list and one that was made of it by
	 * appending is that of a few nodes.
	 * @param other the other list
	 * @return how many leading elements are identical
	 */
	// Identity is meant
	@SuppressWarnings("ReferenceEquality")
	public int sharedPrefix(PersistentList<?> other) {
		int height = Math.min(this.shift, other.shift);
		long arrays = VectorTrie.sharedElements(VectorTrie.lowered(this.root, this.shift, height),
				VectorTrie.lowered(other.root, other.shift, height), height);
		int shared = (int) Math.min(arrays, Math.min(tailOffset(), other.tailOffset()));
		int most = Math.min(this.size, other.size);
		while (shared < most && get(shared) == other.get(shared)) {
			shared++;
		}
		return shared;
	}

	private int tailOffset() {
		return this.size - this.tail.length;
	}

	private @Nullable Object[] leaf(int index) {
		return (index < tailOffset()) ? VectorTrie.leaf(this.root, this.shift, index) : this.tail;
	}

	/**
	 * Collects elements for a list, at less cost than by appending one after the other.
	 * Not safe for use by several threads.
	 *
	 * @param <E> the type of the elements
	 * @since 0.1.0
	 */
	public static final class Builder<E> {

		/** How many elements the trie has. */
		private int elements;

		private int shift;

		private @Nullable Object[] root;

		/** The elements that will be the tail, or a leaf once there are more. */
		private @Nullable Object[] buffer;

		private int buffered;

		private Builder(PersistentList<E> list) {
			this.elements = list.tailOffset();
			this.shift = list.shift;
			this.root = list.root;
			this.buffer = Arrays.copyOf(list.tail, VectorTrie.WIDTH);
			this.buffered = list.tail.length;
		}

		/**
		 * Add an element.
		 * @param element the element, may be {@code null}
		 * @return this builder
		 */
		public Builder<E> add(@Nullable E element) {
			if (this.buffered == VectorTrie.WIDTH) {
				addLeaf(this.buffer);
				this.buffer = new Object[VectorTrie.WIDTH];
				this.buffered = 0;
			}
			this.buffer[this.buffered++] = element;
			return this;
		}

		/**
		 * Add elements in the order of their iteration.
		 * @param elements the elements
		 * @return this builder
		 */
		public Builder<E> addAll(Iterable<? extends @Nullable E> elements) {
			for (E element : elements) {
				add(element);
			}
			return this;
		}

		/**
		 * Return a list of what was added so far. The builder can be used further.
		 * @return the list
		 */
		public PersistentList<E> build() {
			if (this.buffered == 0) {
				return empty();
			}
			@Nullable Object[] tail = Arrays.copyOf(this.buffer, this.buffered);
			return new PersistentList<>(this.elements + this.buffered, this.shift, this.root, tail);
		}

		private void addLeaf(@Nullable Object[] leaf) {
			if (VectorTrie.full(this.shift, this.elements)) {
				this.root = VectorTrie.grown(this.root, this.shift, leaf);
				this.shift += VectorTrie.BITS;
			}
			else {
				this.root = VectorTrie.withLeaf(this.root, this.shift, this.elements, leaf);
			}
			this.elements += leaf.length;
		}

	}

	/**
	 * Walks the elements leaf by leaf.
	 */
	private final class Elements implements Iterator<@Nullable E> {

		private @Nullable Object[] leaf = PersistentList.this.tail;

		private int index;

		@Override
		public boolean hasNext() {
			return this.index < PersistentList.this.size;
		}

		@Override
		@SuppressWarnings("unchecked")
		public @Nullable E next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			int slot = this.index & VectorTrie.MASK;
			if (slot == 0) {
				this.leaf = leaf(this.index);
			}
			this.index++;
			return (E) this.leaf[slot];
		}

		@Override
		public void remove() {
			throw ReadOnly.LIST.refusal();
		}

	}

}
