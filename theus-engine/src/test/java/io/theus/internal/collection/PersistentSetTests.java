package io.theus.internal.collection;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PersistentSet}.
 */
@SuppressWarnings("ReferenceEquality") // identity tells whether a write had an effect
class PersistentSetTests {

	@Test
	void emptySetHasNothing() {
		assertThat(PersistentSet.empty()).isEmpty();
		assertThat(PersistentSet.empty()).isEqualTo(Set.of()).hasToString("[]");
	}

	@Test
	void elementsAreOfAnyTypeAndOneIsNull() {
		List<Object> elements = Arrays.asList("a", 1, 1L, BigDecimal.ONE, new UUID(1, 2), null, List.of("x"));
		PersistentSet<Object> set = PersistentSet.copyOf(elements);
		assertThat(set).containsExactlyInAnyOrderElementsOf(elements).isEqualTo(new HashSet<>(elements));
		assertThat(set.contains(null)).isTrue();
		assertThat(set.without(null).contains(null)).isFalse();
		assertThat(set.contains(2)).isFalse();
	}

	@Test
	void writeWithoutEffectAnswersTheSameSetAndKeepsTheElement() {
		String element = new String("a");
		PersistentSet<String> set = PersistentSet.<String>empty().with(element);
		assertThat(set.with(new String("a"))).isSameAs(set);
		assertThat(set.iterator().next()).isSameAs(element);
		assertThat(set.without("b")).isSameAs(set);
		assertThat(PersistentSet.copyOf(set)).isSameAs(set);
	}

	@Test
	void equalityDependsNeitherOnOrderNorOnImplementation() {
		PersistentSet<String> one = PersistentSet.<String>empty().with("Aa").with("BB").with("c");
		PersistentSet<String> other = PersistentSet.<String>empty().with("c").with("BB").with("Aa");
		assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
		assertThat(one).isEqualTo(Set.of("Aa", "BB", "c")).hasSameHashCodeAs(Set.of("Aa", "BB", "c"));
		assertThat(Set.of("Aa", "BB", "c")).isEqualTo(one);
		assertThat(one).isNotEqualTo(other.with("d")).isNotEqualTo(other.without("c").with("d"));
	}

	@Test
	void subsetsAreContained() {
		PersistentSet<String> set = PersistentSet.<String>empty().with("Aa").with("BB").with("c");
		assertThat(set.containsAll(PersistentSet.<String>empty().with("BB"))).isTrue();
		assertThat(set.containsAll(PersistentSet.<String>empty().with("d"))).isFalse();
		assertThat(set.containsAll(set.without("c").with("d"))).isFalse();
		assertThat(PersistentSet.<String>empty().containsAll(set)).isFalse();
	}

	@Test
	void behavesAsItsModelWhateverIsDone() {
		Seeded.trials(50, (random) -> {
			List<Object> pool = new ArrayList<>(Keys.pool(random, 2));
			for (int i = 0; i < 20; i++) {
				pool.add(i);
				pool.add(new Colliding(i));
			}
			pool.add(null);
			PersistentSet<Object> set = PersistentSet.empty();
			Set<Object> model = new HashSet<>();
			for (int i = 0; i < 300; i++) {
				Object element = pool.get(random.nextInt(pool.size()));
				boolean adding = random.nextInt(5) < 3;
				PersistentSet<Object> result = adding ? set.with(element) : set.without(element);
				boolean effect = adding ? model.add(element) : model.remove(element);
				assertThat(result != set).isEqualTo(effect);
				assertThat(set.contains(element)).isEqualTo(effect != adding);
				set = result;
				assertThat(set.equals(model)).isTrue();
				assertThat(model.equals(set)).isTrue();
				assertThat(set.equals(PersistentSet.copyOf(model))).isTrue();
				assertThat(set).hasSameHashCodeAs(model);
			}
		});
	}

	/**
	 * An element whose hash code all others of its kind have too.
	 */
	private record Colliding(int number) {

		@Override
		public boolean equals(Object other) {
			return other instanceof Colliding colliding && this.number == colliding.number;
		}

		@Override
		public int hashCode() {
			return 7;
		}

	}

}
