package io.theus.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Navigable;

/**
 * What steps have returned, by step id. Parallel branches and iterations have results of
 * their own over those around them, so that none sees what another one has meanwhile.
 */
// Guarded by itself; a lock is only taken from the inside out
final class Results implements Navigable {

	private final @Nullable Results outer;

	private @Nullable Map<String, @Nullable Object> own;

	private @Nullable Object last;

	Results(@Nullable Results outer) {
		this.outer = outer;
	}

	synchronized void put(String step, @Nullable Object value) {
		if (this.own == null) {
			this.own = new LinkedHashMap<>(4);
		}
		this.own.put(step, value);
		this.last = value;
	}

	/**
	 * Return what was put last here.
	 * @return the value, {@code null} if there is none
	 */
	synchronized @Nullable Object last() {
		return this.last;
	}

	synchronized void last(@Nullable Object value) {
		this.last = value;
	}

	/**
	 * Let what is here be seen outside.
	 */
	void join() {
		if (this.outer != null) {
			synchronized (this) {
				if (this.own != null) {
					this.own.forEach(this.outer::put);
				}
			}
		}
	}

	/**
	 * Let what is here be seen in all that is around it.
	 */
	void joinAll() {
		for (Results results = this; results != null; results = results.outer) {
			results.join();
		}
	}

	@Override
	public synchronized @Nullable Object member(Object key) {
		String step = key.toString();
		if (this.own != null && this.own.containsKey(step)) {
			return this.own.get(step);
		}
		return (this.outer != null) ? this.outer.member(step) : null;
	}

	@Override
	public Map<String, @Nullable Object> value() {
		Map<String, @Nullable Object> all = new LinkedHashMap<>();
		collect(all);
		return Collections.unmodifiableMap(all);
	}

	private synchronized void collect(Map<String, @Nullable Object> all) {
		if (this.outer != null) {
			this.outer.collect(all);
		}
		if (this.own != null) {
			all.putAll(this.own);
		}
	}

}
