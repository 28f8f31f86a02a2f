package io.theus.internal.collection;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A map all of whose mutators refuse, even where they would have had nothing to do.
 *
 * @param <V> the type of the values
 */
abstract class ReadOnlyMap<V> implements Map<String, @Nullable V> {

	@Override
	public final @Nullable V put(String key, @Nullable V value) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final @Nullable V putIfAbsent(String key, @Nullable V value) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final void putAll(Map<? extends String, ? extends @Nullable V> map) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final @Nullable V remove(@Nullable Object key) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final boolean remove(@Nullable Object key, @Nullable Object value) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final void clear() {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final @Nullable V replace(String key, @Nullable V value) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final boolean replace(String key, @Nullable V oldValue, @Nullable V newValue) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final void replaceAll(BiFunction<? super String, ? super @Nullable V, ? extends @Nullable V> function) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final @Nullable V computeIfAbsent(String key, Function<? super String, ? extends @Nullable V> function) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final @Nullable V computeIfPresent(String key,
			BiFunction<? super String, ? super V, ? extends @Nullable V> function) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final @Nullable V compute(String key,
			BiFunction<? super String, ? super @Nullable V, ? extends @Nullable V> function) {
		throw ReadOnly.MAP.refusal();
	}

	@Override
	public final @Nullable V merge(String key, V value,
			BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
		throw ReadOnly.MAP.refusal();
	}

}
