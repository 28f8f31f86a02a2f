package io.theus.transaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.store.RecordedExecution;

/**
 * The keys of committed executions, until they expire.
 */
// Changed under the lock of the commit point only: by a commit in the same step as the
// head, and by a prepared commit, which holds its keys until it is published or dropped.
// Hence of two commits with one key the second finds it taken. Anybody reads without a
// lock: a reader may miss a key that is just being committed, and then finds it taken at
// its own commit. What has expired is forgotten by the next commit with a key, and is not
// found before that either.
final class ExecutionKeys {

	private static final Duration LONGEST = Duration.ofDays(36500);

	private final Clock clock;

	private final Map<Key, Entry> known = new ConcurrentHashMap<>();

	private final Queue<Entry> expiries = new PriorityQueue<>();

	private final Set<Key> held = new HashSet<>();

	ExecutionKeys(Clock clock) {
		this.clock = clock;
	}

	// Where a conflict about a key is, as far as it is anywhere
	static Path path(String process, String key) {
		return Path.of("meta", "executions", process, key);
	}

	@Nullable RecordedExecution find(String process, String key) {
		Entry entry = this.known.get(new Key(process, key));
		return (entry != null && this.clock.instant().isBefore(entry.end)) ? entry.execution : null;
	}

	@Nullable RecordedExecution firstTaken(List<RecordedExecution> executions) {
		for (RecordedExecution execution : executions) {
			if (this.held.contains(Key.of(execution)) || find(execution.process(), execution.key()) != null) {
				return execution;
			}
		}
		return null;
	}

	boolean areFree(List<RecordedExecution> executions) {
		return executions.isEmpty() || firstTaken(executions) == null;
	}

	void hold(List<RecordedExecution> executions) {
		executions.forEach((execution) -> this.held.add(Key.of(execution)));
	}

	void release(List<RecordedExecution> executions) {
		executions.forEach((execution) -> this.held.remove(Key.of(execution)));
	}

	void add(List<RecordedExecution> executions, Instant now) {
		if (executions.isEmpty()) {
			return;
		}
		release(executions);
		forget(now);
		for (RecordedExecution execution : executions) {
			boolean endless = execution.retention().compareTo(LONGEST) > 0;
			Entry entry = new Entry(execution, now.plus(endless ? LONGEST : execution.retention()));
			this.known.put(Key.of(execution), entry);
			this.expiries.add(entry);
		}
	}

	private void forget(Instant now) {
		for (Entry first = this.expiries.peek(); first != null
				&& !now.isBefore(first.end); first = this.expiries.peek()) {
			this.expiries.remove();
			this.known.remove(Key.of(first.execution), first);
		}
	}

	// How many are kept, for those who watch the memory
	int size() {
		return this.known.size();
	}

	/**
	 * What identifies an execution.
	 *
	 * @param process the id of the process
	 * @param key the key
	 */
	private record Key(String process, String key) {

		static Key of(RecordedExecution execution) {
			return new Key(execution.process(), execution.key());
		}

	}

	/**
	 * An execution and when it is forgotten.
	 *
	 * @param execution the execution
	 * @param end from when on it is not found any more
	 */
	private record Entry(RecordedExecution execution, Instant end) implements Comparable<Entry> {

		@Override
		public int compareTo(Entry other) {
			return this.end.compareTo(other.end);
		}

	}

}
