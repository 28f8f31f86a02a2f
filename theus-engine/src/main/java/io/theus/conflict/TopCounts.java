package io.theus.conflict;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the most frequent of any number of subjects in bounded memory.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
// Space-Saving: Ahmed Metwally, Divyakant Agrawal, Amr El Abbadi, "Efficient Computation
// of Frequent and Top-k Elements in Data Streams", ICDT 2005. When there is no room, the
// least frequent subject is replaced and its count is taken over as the possible error.
// A count is never too low.
public final class TopCounts {

	private final Map<String, Counter> counters = new HashMap<>();

	private final int capacity;

	TopCounts(int capacity) {
		this.capacity = capacity;
	}

	synchronized void add(String subject) {
		Counter counter = this.counters.get(subject);
		if (counter == null) {
			counter = new Counter();
			if (this.counters.size() == this.capacity) {
				counter.error = removeLeast();
				counter.count = counter.error;
			}
			this.counters.put(subject, counter);
		}
		counter.count++;
	}

	private long removeLeast() {
		Map.Entry<String, Counter> least = this.counters.entrySet()
			.stream()
			.min(Comparator.comparingLong((entry) -> entry.getValue().count))
			.orElseThrow();
		this.counters.remove(least.getKey());
		return least.getValue().count;
	}

	synchronized List<Entry> top(int limit) {
		return this.counters.entrySet()
			.stream()
			.map((entry) -> new Entry(entry.getKey(), entry.getValue().count, entry.getValue().error))
			.sorted(Comparator.comparingLong(Entry::count).reversed().thenComparing(Entry::subject))
			.limit(limit)
			.toList();
	}

	/**
	 * How often a subject was counted.
	 *
	 * @param subject the subject
	 * @param count the number, which may be too high by {@code error}
	 * @param error by how much
	 */
	public record Entry(String subject, long count, long error) {

	}

	private static final class Counter {

		private long count;

		private long error;

	}

}
