package io.theus.internal.collection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the shape of tries.
 */
class TrieNodeTests {

	@Test
	void keysAreMadeForThePlaceThatIsWanted() {
		Seeded.trials(1000, (random) -> {
			int place = random.nextInt();
			int variant = random.nextInt(4);
			assertThat(TrieNode.hash(Keys.at(place, variant))).isEqualTo(place);
		});
	}

	@Test
	void keysWithEqualHashCodeAreTogetherAtTheBottom() {
		PersistentMap<Integer> map = PersistentMap.<Integer>empty().with("Aa", 1).with("BB", 2);
		TrieNode node = map.root;
		for (int depth = 0; depth < 7; depth++) {
			assertThat(node.dataMap).isZero();
			assertThat(node.content).hasSize(1);
			node = node.childAt(0);
		}
		assertThat(node.content).containsExactlyInAnyOrder("Aa", 1, "BB", 2);
		Tries.assertCanonical(map);
	}

	@Test
	void entryThatIsLeftAloneGoesUpToTheRoot() {
		PersistentMap<Integer> map = PersistentMap.<Integer>empty().with("Aa", 1).with("BB", 2).without("Aa");
		assertThat(Tries.describe(map.root, 0))
			.isEqualTo(Tries.describe(PersistentMap.<Integer>empty().with("BB", 2).root, 0));
	}

	@Test
	void entryThatIsLeftAloneGoesUpToWhereOthersAre() {
		int place = 0x12345678;
		String other = Keys.at(place ^ (1 << 12), 0);
		PersistentMap<Integer> map = PersistentMap.<Integer>empty()
			.with(other, 0)
			.with(Keys.at(place, 0), 1)
			.with(Keys.at(place, 1), 2)
			.without(Keys.at(place, 0));
		assertThat(map).isEqualTo(Map.of(other, 0, Keys.at(place, 1), 2));
		Tries.assertCanonical(map);
	}

	@Test
	void lastRemovalLeavesTheEmptyTrie() {
		assertThat(PersistentMap.empty().with("a", 1).without("a").root).isSameAs(TrieNode.EMPTY);
	}

	@Test
	void shapeDependsOnContentAndNotOnHistory() {
		Seeded.trials(60, (random) -> {
			List<String> keys = new ArrayList<>(Keys.pool(random, 4));
			Map<String, Integer> content = new HashMap<>();
			PersistentMap<Integer> map = PersistentMap.empty();
			for (int i = 0; i < 400; i++) {
				String key = keys.get(random.nextInt(keys.size()));
				Edit edit = random.nextBoolean() ? new Edit() : null;
				if (random.nextInt(5) < 2) {
					map = map.with(key, i, edit);
					content.put(key, i);
				}
				else {
					map = map.without(key, edit);
					content.remove(key);
				}
				Tries.assertCanonical(map);
			}
			PersistentMap<Integer> direct = PersistentMap.empty();
			Collections.shuffle(keys, random);
			for (String key : keys) {
				direct = content.containsKey(key) ? direct.with(key, content.get(key)) : direct;
			}
			assertThat(Tries.describe(map.root, 0)).isEqualTo(Tries.describe(direct.root, 0));
		});
	}

}
