package io.theus.internal.collection;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Writes down, per key, what a visitor was told, and fails if it was told twice.
 */
final class DiffLog implements DiffVisitor<Object> {

	private final Map<String, String> lines = new HashMap<>();

	static Map<String, String> of(PersistentMap<?> before, PersistentMap<?> after) {
		DiffLog log = new DiffLog();
		PersistentMap.diff(before, after, log);
		return log.lines;
	}

	/** What a correct difference is, found by looking at everything. */
	static Map<String, String> naive(Map<String, ?> before, Map<String, ?> after) {
		DiffLog log = new DiffLog();
		before.forEach((key, value) -> {
			if (!after.containsKey(key)) {
				log.removed(key, value);
			}
			else if (!Objects.equals(value, after.get(key))) {
				log.changed(key, value, after.get(key));
			}
		});
		after.forEach((key, value) -> {
			if (!before.containsKey(key)) {
				log.added(key, value);
			}
		});
		return log.lines;
	}

	@Override
	public void added(String key, @Nullable Object value) {
		note(key, "added " + value);
	}

	@Override
	public void removed(String key, @Nullable Object value) {
		note(key, "removed " + value);
	}

	@Override
	public void changed(String key, @Nullable Object before, @Nullable Object after) {
		note(key, "changed " + before + " to " + after);
	}

	private void note(String key, String line) {
		String earlier = this.lines.put(key, line);
		if (earlier != null) {
			throw new AssertionError("visitor was told twice of '" + key + "': " + earlier + ", " + line);
		}
	}

}
