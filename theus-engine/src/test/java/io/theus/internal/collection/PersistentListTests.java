package io.theus.internal.collection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.RandomAccess;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PersistentList}.
 */
@SuppressWarnings("ReferenceEquality") // identity tells whether a write had an effect
class PersistentListTests {

	@Test
	void emptyListHasNothing() {
		assertThat(PersistentList.empty()).isEmpty();
		assertThat(PersistentList.builder().build()).isSameAs(PersistentList.empty());
		assertThat(PersistentList.empty()).isEqualTo(List.of()).hasSameHashCodeAs(List.of()).hasToString("[]");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 31, 32, 33, 64, 65, 1023, 1024, 1025, 1056, 1057, 32_768, 32_800, 32_801, 40_000 })
	void elementsAreFoundAtEverySize(int size) {
		List<Integer> expected = IntStream.range(0, size).boxed().toList();
		PersistentList<Integer> appended = PersistentList.empty();
		for (Integer element : expected) {
			appended = appended.append(element);
		}
		PersistentList<Integer> copied = PersistentList.copyOf(expected);
		assertThat(appended.equals(expected)).isTrue();
		assertThat(expected.equals(appended)).isTrue();
		assertThat(appended.equals(copied)).isTrue();
		assertThat(new ArrayList<>(copied)).isEqualTo(expected);
		for (int i = 0; i < size; i++) {
			assertThat(appended.get(i)).isEqualTo(i);
		}
	}

	@Test
	void positionsOutsideAreRefused() {
		PersistentList<Integer> list = PersistentList.<Integer>empty().append(1);
		for (int index : new int[] { -1, 1 }) {
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.get(index));
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.with(index, 2));
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.without(index));
		}
	}

	@Test
	void nullIsAnElement() {
		PersistentList<String> list = PersistentList.<String>empty().append(null).append("a");
		assertThat(list).containsExactly(null, "a").isEqualTo(Arrays.asList(null, "a"));
		assertThat(list.indexOf(null)).isZero();
		assertThat(list.with(1, null)).isEqualTo(Collections.nCopies(2, null));
		assertThat(PersistentList.copyOf(Arrays.asList(null, "a"))).isEqualTo(list);
	}

	@Test
	void equalWriteAnswersTheSameListAndKeepsTheElement() {
		String element = new String("a");
		PersistentList<String> list = PersistentList.<String>empty().append(element);
		assertThat(list.with(0, new String("a"))).isSameAs(list);
		assertThat(list.get(0)).isSameAs(element);
		assertThat(list.appendAll(List.of())).isSameAs(list);
		assertThat(PersistentList.copyOf(list)).isSameAs(list);
	}

	@Test
	void builderGoesOnAfterBuilding() {
		PersistentList.Builder<Integer> builder = PersistentList.builder();
		for (int i = 0; i < 40; i++) {
			builder.add(i);
		}
		PersistentList<Integer> first = builder.build();
		PersistentList<Integer> second = builder.addAll(IntStream.range(40, 100).boxed().toList()).build();
		assertThat(first).isEqualTo(IntStream.range(0, 40).boxed().toList());
		assertThat(second).isEqualTo(IntStream.range(0, 100).boxed().toList());
	}

	@Test
	void arrayGivenAwayByACollectionDoesNotReachTheList() {
		Integer[] array = { 1, 2, 3 };
		PersistentList<Integer> list = PersistentList.copyOf(Arrays.asList(array));
		array[0] = 9;
		assertThat(list).containsExactly(1, 2, 3);
	}

	@Test
	void iteratorEnds() {
		Iterator<Integer> iterator = PersistentList.<Integer>empty().append(1).iterator();
		assertThat(iterator.next()).isEqualTo(1);
		assertThat(iterator.hasNext()).isFalse();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
	}

	@Test
	void isForRandomAccess() {
		assertThat(PersistentList.empty()).isInstanceOf(RandomAccess.class);
	}

	@Test
	void behavesAsItsModelWhateverIsDone() {
		Seeded.trials(40, (random) -> {
			PersistentList<Object> list = PersistentList.empty();
			List<Object> model = new ArrayList<>();
			List<PersistentList<Object>> versions = new ArrayList<>();
			List<List<Object>> models = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				Object value = (random.nextInt(4) > 0) ? random.nextInt(5) : null;
				int index = model.isEmpty() ? 0 : random.nextInt(model.size());
				switch (random.nextInt(5)) {
					case 0 -> {
						List<Object> more = Collections.nCopies(random.nextInt(70), value);
						list = list.appendAll(more);
						model.addAll(more);
					}
					case 1 -> {
						if (!model.isEmpty()) {
							PersistentList<Object> result = list.with(index, value);
							Object old = model.set(index, value);
							assertThat(result == list).isEqualTo((old != null) ? old.equals(value) : value == null);
							list = result;
						}
					}
					case 2 -> {
						if (!model.isEmpty()) {
							list = list.without(index);
							model.remove(index);
						}
					}
					default -> {
						list = list.append(value);
						model.add(value);
					}
				}
				versions.add(list);
				models.add(new ArrayList<>(model));
			}
			for (int i = 0; i < versions.size(); i++) {
				assertThat(versions.get(i).equals(models.get(i))).isTrue();
				assertThat(models.get(i).equals(versions.get(i))).isTrue();
				assertThat(versions.get(i)).hasSameHashCodeAs(models.get(i));
				assertThat(versions.get(i).equals(PersistentList.copyOf(models.get(i)))).isTrue();
				int other = random.nextInt(versions.size());
				assertThat(versions.get(i).equals(versions.get(other)))
					.isEqualTo(models.get(i).equals(models.get(other)));
			}
		});
	}

}
