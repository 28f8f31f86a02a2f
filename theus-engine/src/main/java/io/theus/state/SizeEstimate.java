package io.theus.state;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Estimates what versions of the state hold in memory beyond each other.
 *
 * @since 0.1.0
 */
// By the layout of a 64-bit JVM with compressed references: 16 bytes for an object, 4 for
// a reference, rounded up. An earlier version holds what a change has replaced, and for
// each step of its path the trie's nodes on the way, which have some twenty references;
// the new value counts when it is replaced itself. Of a large container the first parts
// stand for all of them, and of two lists or sets what the earlier one has more, because
// commits wait for the answer.
public final class SizeEstimate {

	private static final long COMMIT = 200;

	private static final long STEP = 120;

	private static final long OBJECT = 24;

	private static final long ENTRY = 40;

	private static final int SAMPLE = 16;

	// What is deeper is not looked at
	private static final int DEPTH = 3;

	private SizeEstimate() {
	}

	/**
	 * Estimate what the version before a commit holds beyond the one after it, with the
	 * record of the commit. The cost does not depend on the size of what was changed.
	 * @param changes what the commit has changed
	 * @return bytes
	 */
	public static long of(List<StateChange> changes) {
		long bytes = COMMIT;
		for (StateChange change : changes) {
			bytes += STEP * change.path().length() + of(change);
		}
		return bytes;
	}

	private static long of(StateChange change) {
		Object before = change.before().orElse(null);
		Object after = change.after().orElse(null);
		if (before instanceof Collection<?> old && after instanceof Collection<?> now) {
			long parts = Math.max(0, old.size() - now.size());
			return STEP + parts * (ENTRY + average(old.iterator(), 0));
		}
		return of(before, 0);
	}

	private static long of(@Nullable Object value, int depth) {
		if (value instanceof String text) {
			return OBJECT + OBJECT + text.length();
		}
		if (depth == DEPTH) {
			return OBJECT;
		}
		if (value instanceof Map<?, ?> map) {
			return OBJECT + map.size() * (ENTRY + ENTRY + average(map.values().iterator(), depth + 1));
		}
		if (value instanceof Collection<?> elements) {
			return OBJECT + elements.size() * (ENTRY + average(elements.iterator(), depth + 1));
		}
		return (value instanceof Record instance) ? ofRecord(instance, depth + 1) : OBJECT;
	}

	private static long average(Iterator<?> parts, int depth) {
		long bytes = 0;
		int number = 0;
		while (number < SAMPLE && parts.hasNext()) {
			bytes += of(parts.next(), depth);
			number++;
		}
		return (number > 0) ? bytes / number : 0;
	}

	private static long ofRecord(Record instance, int depth) {
		long bytes = OBJECT;
		for (Object component : RecordShape.of(instance.getClass()).values(instance)) {
			bytes += of(component, depth);
		}
		return bytes;
	}

}
