package io.theus.audit;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * How often rules were violated and processes have failed since they last did not.
 */
// An entry is there only while its count is not 0, so that who has nothing to reset finds
// that out by one look at an empty map. Resetting removes the entry; an increment that
// meets the removal counts from 0 on.
final class AuditCounters {

	private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

	long get(String id) {
		AtomicLong count = this.counts.get(id);
		return (count != null) ? count.get() : 0;
	}

	long increment(String id) {
		long[] reached = new long[1];
		this.counts.compute(id, (key, count) -> {
			AtomicLong counting = (count != null) ? count : new AtomicLong();
			reached[0] = counting.incrementAndGet();
			return counting;
		});
		return reached[0];
	}

	void decrement(String id) {
		this.counts.computeIfPresent(id, (key, count) -> (count.decrementAndGet() > 0) ? count : null);
	}

	boolean isZero(String id) {
		return this.counts.isEmpty() || !this.counts.containsKey(id);
	}

	boolean reset(String id) {
		return !this.counts.isEmpty() && this.counts.remove(id) != null;
	}

	Map<String, Long> all() {
		Map<String, Long> all = new TreeMap<>();
		this.counts.forEach((@Nullable String id, AtomicLong count) -> {
			if (id != null && count.get() > 0) {
				all.put(id, count.get());
			}
		});
		return all;
	}

}
