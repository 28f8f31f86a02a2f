package io.theus.internal.collection;

import java.util.Collection;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * An immutable set of values. As in {@link java.util.HashSet} one element may be
 * {@code null}, and elements must not change what they are equal to.
 *
 * <p>
 * {@link #contains}, {@link #with} and {@link #without} cost about log<sub>32</sub> n, in
 * the trie that {@link PersistentMap} uses. {@code with} and {@code without} answer this
 * very set when they have nothing to change. As a {@link java.util.Set} it is read-only:
 * all mutators of that interface throw {@link UnsupportedOperationException}.
 *
 * <p>
 * Iteration is in no specified order; two equal sets may differ in it. Safe for use by
 * several threads, however published.
 *
 * @param <E> the type of the elements
 * @since 0.1.0
 */
public final class PersistentSet<E> extends ReadOnlySet<@Nullable E> {

	private static final PersistentSet<?> EMPTY = new PersistentSet<>(TrieNode.EMPTY, 0);

	/** The elements are its keys; its values are {@code null}. */
	private final TrieNode root;

	private final int size;

	private PersistentSet(TrieNode root, int size) {
		this.root = root;
		this.size = size;
	}

	/**
	 * Return the set without elements.
	 * @param <E> the type of the elements
	 * @return the empty set
	 */
	@SuppressWarnings("unchecked")
	public static <E> PersistentSet<E> empty() {
		return (PersistentSet<E>) EMPTY;
	}

	/**
	 * Return a set of the given elements.
	 * @param <E> the type of the elements
	 * @param elements the elements
	 * @return a set of them, which is the argument if that is a persistent set
	 */
	@SuppressWarnings("unchecked")
	public static <E> PersistentSet<E> copyOf(Collection<? extends @Nullable E> elements) {
		if (elements instanceof PersistentSet<?> persistent) {
			return (PersistentSet<E>) persistent;
		}
		PersistentSet<E> copy = empty();
		Edit edit = new Edit();
		for (E element : elements) {
			copy = copy.with(element, edit);
		}
		return copy;
	}

	/**
	 * Add an element.
	 * @param element the element, may be {@code null}
	 * @return a set with that element; this set if it has an equal one, which then stays
	 */
	public PersistentSet<E> with(@Nullable E element) {
		return with(element, null);
	}

	/**
	 * Remove an element.
	 * @param element the element, may be {@code null}
	 * @return a set without that element; this set if it does not have it
	 */
	public PersistentSet<E> without(@Nullable E element) {
		TrieWrite write = TrieWrite.remove(TrieNode.hash(element), element, null);
		return result(this.root.without(write, 0), write);
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public boolean contains(@Nullable Object element) {
		return this.root.find(TrieNode.hash(element), element, TrieNode.ABSENT) != TrieNode.ABSENT;
	}

	@Override
	public Iterator<@Nullable E> iterator() {
		return new TrieIterator.Keys<>(this.root, ReadOnly.SET);
	}

	@Override
	public boolean containsAll(Collection<?> elements) {
		if (elements instanceof PersistentSet<?> set && this.size == set.size) {
			return this.root.sameEntries(set.root);
		}
		return super.containsAll(elements);
	}

	@Override
	ReadOnly kind() {
		return ReadOnly.SET;
	}

	private PersistentSet<E> with(@Nullable E element, @Nullable Edit edit) {
		TrieWrite write = TrieWrite.set(TrieNode.hash(element), element, null, edit);
		return result(this.root.with(write, 0), write);
	}

	private PersistentSet<E> result(TrieNode root, TrieWrite write) {
		return write.effective ? new PersistentSet<>(root, this.size + write.growth) : this;
	}

}
