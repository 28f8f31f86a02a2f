package io.theus.internal.collection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for writes under an {@link Edit}.
 */
@SuppressWarnings("ReferenceEquality") // identity tells whether a write had an effect
class PersistentMapEditTests {

	@Test
	void nodesThatTheBatchMadeAreChangedInPlace() {
		Edit edit = new Edit();
		PersistentMap<Object> first = numbers(1000).with("key-1", "x", edit);
		PersistentMap<Object> second = first.with("key-1", "y", edit);
		assertThat(second.root).isSameAs(first.root);
		assertThat(second).isNotSameAs(first).containsEntry("key-1", "y");
	}

	@Test
	void nodesThatAnotherBatchMadeAreCopied() {
		PersistentMap<Object> first = numbers(1000).with("key-1", "x", new Edit());
		PersistentMap<Object> second = first.with("key-1", "y", new Edit());
		assertThat(first).containsEntry("key-1", "x");
		assertThat(second).containsEntry("key-1", "y");
	}

	@Test
	void nodesThatABatchMadeAreCopiedWithoutAnEdit() {
		PersistentMap<Object> first = numbers(1000).with("key-1", "x", new Edit());
		PersistentMap<Object> second = first.with("key-1", "y");
		PersistentMap<Object> third = second.with("key-1", "z");
		assertThat(first).containsEntry("key-1", "x");
		assertThat(second).containsEntry("key-1", "y");
		assertThat(third).containsEntry("key-1", "z");
	}

	@Test
	void copiesDoNotTakeTheMarkOver() {
		Edit edit = new Edit();
		PersistentMap<Object> first = numbers(1000).with("key-1", "x", edit);
		PersistentMap<Object> copy = first.with("key-1", "y");
		copy.with("key-1", "z", edit);
		assertThat(copy).containsEntry("key-1", "y");
	}

	@Test
	void equalWriteUnderAnEditAnswersTheSameMap() {
		Edit edit = new Edit();
		PersistentMap<Object> map = numbers(1000).with("key-1", "x", edit);
		assertThat(map.with("key-1", new String("x"), edit)).isSameAs(map);
		assertThat(map.without("no-key", edit)).isSameAs(map);
	}

	@Test
	void treeIsEditedUnderOneEditAndOlderVersionsStay() {
		Seeded.trials(40, (random) -> {
			PersistentMap<Object> tree = PersistentMap.empty();
			Map<List<String>, Object> model = new HashMap<>();
			List<PersistentMap<Object>> versions = new ArrayList<>();
			List<Map<List<String>, Object>> models = new ArrayList<>();
			List<String> keys = Keys.pool(random, 1);
			for (int batch = 0; batch < 20; batch++) {
				Edit edit = random.nextBoolean() ? new Edit() : null;
				for (int i = 0; i < 30; i++) {
					tree = write(tree, model, keys, random, edit);
				}
				versions.add(tree);
				models.add(new HashMap<>(model));
			}
			for (int i = 0; i < versions.size(); i++) {
				assertThat(leaves(versions.get(i))).isEqualTo(models.get(i));
			}
		});
	}

	/** One write of the kind that a transaction does: to a leaf three maps deep. */
	private static PersistentMap<Object> write(PersistentMap<Object> tree, Map<List<String>, Object> model,
			List<String> keys, Random random, Edit edit) {
		String first = keys.get(random.nextInt(4));
		String second = keys.get(random.nextInt(4));
		String third = keys.get(random.nextInt(keys.size()));
		PersistentMap<Object> upper = child(tree, first);
		PersistentMap<Object> lower = child(upper, second);
		boolean removal = random.nextInt(3) == 0;
		Integer value = random.nextInt(3);
		PersistentMap<Object> result = removal ? lower.without(third, edit) : lower.with(third, value, edit);
		List<String> path = List.of(first, second, third);
		Object old = removal ? model.remove(path) : model.put(path, value);
		assertThat(result == lower).isEqualTo(removal ? old == null : value.equals(old));
		return (result != lower) ? tree.withChanged(first, upper.withChanged(second, result, edit), edit) : tree;
	}

	@SuppressWarnings("unchecked")
	private static PersistentMap<Object> child(PersistentMap<Object> map, String key) {
		return (PersistentMap<Object>) map.getOrDefault(key, PersistentMap.empty());
	}

	private static Map<List<String>, Object> leaves(PersistentMap<Object> tree) {
		Map<List<String>, Object> leaves = new HashMap<>();
		for (String first : tree.keySet()) {
			PersistentMap<Object> upper = child(tree, first);
			for (String second : upper.keySet()) {
				PersistentMap<Object> lower = child(upper, second);
				Tries.assertCanonical(lower);
				lower.forEach((third, value) -> leaves.put(List.of(first, second, third), value));
			}
		}
		return leaves;
	}

	private static PersistentMap<Object> numbers(int count) {
		PersistentMap<Object> map = PersistentMap.empty();
		for (int i = 0; i < count; i++) {
			map = map.with("key-" + i, i);
		}
		return map;
	}

}
