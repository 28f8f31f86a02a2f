package io.theus.spring.actuate;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * Which part of a long answer is asked for.
 *
 * @param offset how many items to leave out
 * @param limit how many items to give at most
 */
record Page(int offset, int limit) {

	private static final int DEFAULT_LIMIT = 100;

	private static final int MAX_LIMIT = 1000;

	static Page of(@Nullable Integer offset, @Nullable Integer limit) {
		int first = (offset != null) ? offset : 0;
		int count = (limit != null) ? limit : DEFAULT_LIMIT;
		if (first < 0 || count < 1 || count > MAX_LIMIT) {
			throw new InvalidEndpointRequestException(
					"page is out of bounds: offset=%d limit=%d".formatted(first, count),
					"use offset >= 0 and 1 <= limit <= " + MAX_LIMIT);
		}
		return new Page(first, count);
	}

	<T> List<T> of(Collection<T> items) {
		return items.stream().skip(this.offset).limit(this.limit).toList();
	}

}
