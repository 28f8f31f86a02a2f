package io.theus.internal.collection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PersistentMap#diff}.
 */
class PersistentMapDiffTests {

	@Test
	void sameMapHasNoDifference() {
		PersistentMap<Integer> map = PersistentMap.<Integer>empty().with("a", 1);
		assertThat(DiffLog.of(map, map)).isEmpty();
	}

	@Test
	void equalMapsOfDifferentHistoryHaveNoDifference() {
		PersistentMap<String> one = PersistentMap.<String>empty().with("Aa", new String("x")).with("BB", null);
		PersistentMap<String> other = PersistentMap.<String>empty().with("BB", null).with("Aa", new String("x"));
		assertThat(DiffLog.of(one, other)).isEmpty();
	}

	@Test
	void tellsWhatIsAddedRemovedAndChanged() {
		PersistentMap<Integer> before = PersistentMap.<Integer>empty().with("a", 1).with("b", 2).with("c", 3);
		PersistentMap<Integer> after = before.with("a", 10).without("b").with("d", 4);
		assertThat(DiffLog.of(before, after))
			.isEqualTo(Map.of("a", "changed 1 to 10", "b", "removed 2", "d", "added 4"));
	}

	@Test
	void nullIsAValueAndNotAbsence() {
		PersistentMap<Integer> before = PersistentMap.<Integer>empty().with("a", null).with("b", 2);
		PersistentMap<Integer> after = PersistentMap.<Integer>empty().with("b", null).with("c", null);
		assertThat(DiffLog.of(before, after))
			.isEqualTo(Map.of("a", "removed null", "b", "changed 2 to null", "c", "added null"));
	}

	@Test
	void agreesWithTheNaiveDifferenceOfUnrelatedMaps() {
		Seeded.trials(300, (random) -> {
			List<String> keys = Keys.pool(random, 1 + random.nextInt(5));
			Map<String, Integer> before = new HashMap<>();
			Map<String, Integer> after = new HashMap<>();
			for (String key : keys) {
				if (random.nextInt(3) > 0) {
					before.put(key, random.nextInt(3));
				}
				if (random.nextInt(3) > 0) {
					after.put(key, random.nextInt(3));
				}
			}
			assertThat(DiffLog.of(PersistentMap.copyOf(before), PersistentMap.copyOf(after)))
				.isEqualTo(DiffLog.naive(before, after));
		});
	}

	@Test
	void looksAtThePathsToTheDifferencesOnly() {
		Map<String, Integer> content = new HashMap<>();
		for (int i = 0; i < 100_000; i++) {
			content.put("key-" + i, i);
		}
		PersistentMap<Integer> before = PersistentMap.copyOf(content);
		PersistentMap<Integer> after = before;
		for (int i = 0; i < 10; i++) {
			after = after.with("key-" + (i * 9_999), -1);
		}
		DiffLog log = new DiffLog();
		CountingDiff diff = new CountingDiff(before.root, after.root, log);
		diff.run();
		assertThat(DiffLog.of(before, after)).hasSize(10);
		assertThat(diff.nodes).as("pairs of nodes").isBetween(10, 10 * 7);
	}

	/**
	 * Counts the pairs of nodes that are looked at.
	 */
	private static final class CountingDiff extends TrieDiff<Object> {

		private int nodes;

		private CountingDiff(TrieNode before, TrieNode after, DiffVisitor<Object> visitor) {
			super(before, after, visitor);
		}

		@Override
		void compare(TrieNode before, TrieNode after, int shift) {
			this.nodes++;
			super.compare(before, after, shift);
		}

	}

}
