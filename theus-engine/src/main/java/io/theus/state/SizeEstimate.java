package io.theus.state;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Estimates what versions of the state hold in memory beyond each other.
 *
 * @since 0.1.0
 */
// By the layout of a 64-bit JVM with compressed references: 16 bytes for an object, 4 for
// a reference, rounded up. A change holds the old and the new value and, for each step of
// its path, a copy of the trie's nodes on the way, which have some twenty references.
public final class SizeEstimate {

	private static final long COMMIT = 200;

	private static final long STEP = 120;

	private static final long OBJECT = 24;

	private static final long ENTRY = 40;

	private SizeEstimate() {
	}

	/**
	 * Estimate what a version holds beyond the one before it, with the record of its
	 * commit.
	 * @param changes what the commit has changed
	 * @return bytes
	 */
	public static long of(List<StateChange> changes) {
		long bytes = COMMIT;
		for (StateChange change : changes) {
			bytes += STEP * change.path().length() + of(change.before().orElse(null)) + of(change.after().orElse(null));
		}
		return bytes;
	}

	private static long of(@Nullable Object value) {
		if (value instanceof String text) {
			return OBJECT + OBJECT + text.length();
		}
		if (value instanceof Map<?, ?> map) {
			long bytes = OBJECT;
			for (Map.Entry<?, ?> entry : map.entrySet()) {
				bytes += ENTRY + of(entry.getKey()) + of(entry.getValue());
			}
			return bytes;
		}
		if (value instanceof Collection<?> elements) {
			long bytes = OBJECT;
			for (Object element : elements) {
				bytes += ENTRY + of(element);
			}
			return bytes;
		}
		return (value instanceof Record instance) ? ofRecord(instance) : OBJECT;
	}

	private static long ofRecord(Record instance) {
		long bytes = OBJECT;
		for (Object component : RecordShape.of(instance.getClass()).values(instance)) {
			bytes += of(component);
		}
		return bytes;
	}

}
