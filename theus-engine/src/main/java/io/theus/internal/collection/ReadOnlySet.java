package io.theus.internal.collection;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A set all of whose mutators refuse, even where they would have had nothing to do.
 *
 * @param <E> the type of the elements
 */
abstract class ReadOnlySet<E extends @Nullable Object> extends ReadOnlyCollection<E> implements Set<E> {

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Set<?> set && set.size() == size() && containsAll(set));
	}

	@Override
	public int hashCode() {
		int sum = 0;
		for (E element : this) {
			sum += Objects.hashCode(element);
		}
		return sum;
	}

}
