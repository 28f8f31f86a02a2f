package io.theus.internal.collection;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An entry that refuses to be written to.
 *
 * @param <V> the type of the value
 */
final class ReadOnlyEntry<V> implements Map.Entry<String, @Nullable V> {

	private final String key;

	private final @Nullable V value;

	ReadOnlyEntry(String key, @Nullable V value) {
		this.key = key;
		this.value = value;
	}

	@Override
	public String getKey() {
		return this.key;
	}

	@Override
	public @Nullable V getValue() {
		return this.value;
	}

	@Override
	public @Nullable V setValue(@Nullable V value) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Map.Entry<?, ?> entry && this.key.equals(entry.getKey())
				&& Objects.equals(this.value, entry.getValue());
	}

	@Override
	public int hashCode() {
		return this.key.hashCode() ^ Objects.hashCode(this.value);
	}

	@Override
	public String toString() {
		return this.key + "=" + this.value;
	}

}
