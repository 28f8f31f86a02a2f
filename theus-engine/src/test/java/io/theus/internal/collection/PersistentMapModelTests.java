package io.theus.internal.collection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Randomised tests for {@link PersistentMap} beside {@link HashMap} and Vavr's map.
 */
@SuppressWarnings("ReferenceEquality") // identity tells whether a write had an effect
class PersistentMapModelTests {

	@Test
	void behavesAsItsModelsWhateverIsDone() {
		Seeded.trials(60, (random) -> new Trial(random, 1 + random.nextInt(6)).run(300));
	}

	@Test
	void behavesAsItsModelsWhenLarge() {
		Seeded.trials(2, (random) -> new Trial(random, 300).run(3000));
	}

	/**
	 * One sequence of operations. Every version is kept together with the content that it
	 * had when it was made, and all are checked at the end.
	 */
	private static final class Trial {

		private final Random random;

		private final List<String> keys;

		private final List<Version> versions = new ArrayList<>();

		private PersistentMap<Object> map = PersistentMap.empty();

		private Map<String, Object> model = new HashMap<>();

		private io.vavr.collection.Map<String, Object> vavr = io.vavr.collection.HashMap.empty();

		private Trial(Random random, int placesPerGroup) {
			this.random = random;
			this.keys = Keys.pool(random, placesPerGroup);
		}

		private void run(int steps) {
			for (int i = 0; i < steps; i++) {
				step();
				if (steps <= 300 || i % 100 == 0) {
					checkContent(this.map, this.model);
					assertThat(this.vavr.toJavaMap()).isEqualTo(this.map);
					this.versions.add(new Version(this.map, new HashMap<>(this.model)));
				}
			}
			this.versions.forEach((version) -> checkContent(version.map(), version.content()));
			checkEachAgainstEach();
		}

		private void step() {
			switch (this.random.nextInt(8)) {
				case 0 -> edit(1 + this.random.nextInt(40));
				case 1 -> backToAnOlderVersion();
				case 2 -> rebuild();
				case 3, 4 -> remove(null);
				default -> put(null);
			}
		}

		private void edit(int writes) {
			PersistentMap<Object> before = this.map;
			Map<String, Object> content = new HashMap<>(this.model);
			Edit edit = new Edit();
			for (int i = 0; i < writes; i++) {
				if (this.random.nextInt(3) == 0) {
					remove(edit);
				}
				else {
					put(edit);
				}
			}
			checkContent(before, content);
		}

		private void put(@Nullable Edit edit) {
			String key = key();
			Object value = value();
			boolean effect = !this.model.containsKey(key) || !Objects.equals(this.model.get(key), value);
			PersistentMap<Object> result = (this.random.nextInt(4) > 0) ? this.map.with(key, value, edit)
					: this.map.withChanged(key, effect ? value : this.map.get(key), edit);
			assertThat(result != this.map).as("with(%s, %s) has an effect", key, value).isEqualTo(effect);
			this.map = result;
			this.model.put(key, value);
			this.vavr = this.vavr.put(key, value);
		}

		private void remove(@Nullable Edit edit) {
			String key = key();
			PersistentMap<Object> result = this.map.without(key, edit);
			assertThat(result != this.map).as("without(%s) has an effect", key).isEqualTo(this.model.containsKey(key));
			this.map = result;
			this.model.remove(key);
			this.vavr = this.vavr.remove(key);
		}

		private void rebuild() {
			this.map = PersistentMap.copyOf(this.model);
		}

		private void backToAnOlderVersion() {
			if (!this.versions.isEmpty()) {
				Version version = anyVersion();
				this.map = version.map();
				this.model = new HashMap<>(version.content());
				this.vavr = io.vavr.collection.HashMap.ofAll(this.model);
			}
		}

		private Version anyVersion() {
			return this.versions.get(this.random.nextInt(this.versions.size()));
		}

		private String key() {
			return this.keys.get(this.random.nextInt(this.keys.size()));
		}

		/**
		 * Few values, so that equal ones are often written; not all of them identical.
		 */
		private @Nullable Object value() {
			int choice = this.random.nextInt(6);
			return (choice == 0) ? null : new String("value" + choice);
		}

		private void checkContent(PersistentMap<Object> map, Map<String, Object> content) {
			Tries.assertCanonical(map);
			assertThat(map.equals(content)).isTrue();
			assertThat(content.equals(map)).isTrue();
			assertThat(map).hasSize(content.size()).hasSameHashCodeAs(content);
			assertThat(new HashSet<>(map.keySet())).isEqualTo(content.keySet());
			Map<String, Object> visited = new HashMap<>();
			map.forEach((key, value) -> assertThat(visited.put(key, value)).isNull());
			assertThat(visited).isEqualTo(content);
			Map<String, Object> iterated = new HashMap<>();
			map.entrySet().forEach((entry) -> assertThat(iterated.put(entry.getKey(), entry.getValue())).isNull());
			assertThat(iterated).isEqualTo(content);
			Object absent = new Object();
			for (String key : this.keys) {
				assertThat(map.find(key, absent)).isEqualTo(content.getOrDefault(key, absent));
				assertThat(map.get(key)).isEqualTo(content.get(key));
				assertThat(map.containsKey(key)).isEqualTo(content.containsKey(key));
			}
		}

		private void checkEachAgainstEach() {
			for (int i = 0; i < 100; i++) {
				Version one = anyVersion();
				Version other = anyVersion();
				assertThat(one.map().equals(other.map())).isEqualTo(one.content().equals(other.content()));
				assertThat(one.map().equals(PersistentMap.copyOf(one.content()))).isTrue();
				assertThat(DiffLog.of(one.map(), other.map())).isEqualTo(DiffLog.naive(one.content(), other.content()));
			}
		}

	}

	private record Version(PersistentMap<Object> map, Map<String, Object> content) {

	}

}
