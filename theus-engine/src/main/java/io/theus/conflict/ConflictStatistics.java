package io.theus.conflict;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

import io.theus.path.Path;
import io.theus.store.CommitOrigin;

/**
 * Counts which keys conflict most, and who with whom.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class ConflictStatistics {

	private static final int KEPT = 256;

	private final LongAdder refused = new LongAdder();

	private final TopCounts keys = new TopCounts(KEPT);

	private final TopCounts pairs = new TopCounts(KEPT);

	/**
	 * Count a refused commit.
	 * @param path the key that stood against it
	 * @param refused who was refused
	 * @param culprit who had changed the key, {@code null} if that is not known
	 */
	public void add(Path path, CommitOrigin refused, @Nullable CommitOrigin culprit) {
		this.refused.increment();
		this.keys.add(path.toString());
		this.pairs.add(refused + " <- " + ((culprit != null) ? culprit : "a commit that is no longer kept"));
	}

	/**
	 * Return how many commits were refused.
	 * @return the number since the start
	 */
	public long refused() {
		return this.refused.sum();
	}

	/**
	 * Return the keys that conflict most.
	 * @param limit how many at most
	 * @return paths with their counts, the most frequent first
	 */
	public List<TopCounts.Entry> topKeys(int limit) {
		return this.keys.top(limit);
	}

	/**
	 * Return who conflicts most with whom.
	 * @param limit how many at most
	 * @return pairs {@code refused <- culprit} with their counts, the most frequent first
	 */
	public List<TopCounts.Entry> topPairs(int limit) {
		return this.pairs.top(limit);
	}

}
