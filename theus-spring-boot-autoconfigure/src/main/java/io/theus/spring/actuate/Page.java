package io.theus.spring.actuate;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a long answer is asked for.
 *
 * @param offset how many items to leave out
 * @param limit how many items to give at most
 */
record Page(int offset, int limit) {

	private static final long DEFAULT_LIMIT = 100;

	private static final long MAX_LIMIT = 1000;

	static Page of(@Nullable String offset, @Nullable String limit) {
		Long first = Parameters.number("offset", offset, 0, Integer.MAX_VALUE);
		Long count = Parameters.number("limit", limit, 1, MAX_LIMIT);
		return new Page(Objects.requireNonNullElse(first, 0L).intValue(),
				Objects.requireNonNullElse(count, DEFAULT_LIMIT).intValue());
	}

	<T> List<T> of(Collection<T> items) {
		return items.stream().skip(this.offset).limit(this.limit).toList();
	}

	<T> List<T> ofReversed(List<T> items) {
		return Stream.iterate(items.size() - 1, (index) -> index >= 0, (index) -> index - 1)
			.skip(this.offset)
			.limit(this.limit)
			.<T>map(items::get)
			.toList();
	}

}
