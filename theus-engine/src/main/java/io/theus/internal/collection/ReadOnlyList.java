package io.theus.internal.collection;

import java.util.AbstractList;
import java.util.Collection;
import java.util.Comparator;
import java.util.RandomAccess;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * A list all of whose mutators refuse, even where they would have had nothing to do.
 *
 * @param <E> the type of the elements
 */
abstract class ReadOnlyList<E> extends AbstractList<@Nullable E> implements RandomAccess {

	@Override
	public final boolean add(@Nullable E element) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final void add(int index, @Nullable E element) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final boolean addAll(Collection<? extends @Nullable E> elements) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final boolean addAll(int index, Collection<? extends @Nullable E> elements) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final @Nullable E set(int index, @Nullable E element) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final @Nullable E remove(int index) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final boolean remove(@Nullable Object element) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final boolean removeAll(Collection<?> elements) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final boolean removeIf(Predicate<? super @Nullable E> filter) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final boolean retainAll(Collection<?> elements) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final void replaceAll(UnaryOperator<@Nullable E> operator) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final void sort(@Nullable Comparator<? super @Nullable E> comparator) {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	public final void clear() {
		throw ReadOnly.LIST.refusal();
	}

	@Override
	protected final void removeRange(int fromIndex, int toIndex) {
		throw ReadOnly.LIST.refusal();
	}

}
