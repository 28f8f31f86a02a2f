package io.theus.internal.collection;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A collection all of whose mutators refuse, even where they would have had nothing to
 * do.
 *
 * @param <E> the type of the elements
 */
abstract class ReadOnlyCollection<E extends @Nullable Object> extends AbstractCollection<E> {

	// What it is, or is a view of.
	abstract ReadOnly kind();

	@Override
	public final boolean add(E element) {
		throw kind().refusal();
	}

	@Override
	public final boolean addAll(Collection<? extends E> elements) {
		throw kind().refusal();
	}

	@Override
	public final boolean remove(@Nullable Object element) {
		throw kind().refusal();
	}

	@Override
	public final boolean removeAll(Collection<?> elements) {
		throw kind().refusal();
	}

	@Override
	public final boolean removeIf(Predicate<? super E> filter) {
		throw kind().refusal();
	}

	@Override
	public final boolean retainAll(Collection<?> elements) {
		throw kind().refusal();
	}

	@Override
	public final void clear() {
		throw kind().refusal();
	}

}
