package io.theus.internal.collection;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PersistentListSharingTests {

	private static PersistentList<Object> list(int size) {
		PersistentList.Builder<Object> builder = PersistentList.builder();
		for (int i = 0; i < size; i++) {
			builder.add(new Object());
		}
		return builder.build();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 31, 32, 33, 64, 1023, 1024, 1025, 1056, 1057, 32_768, 32_800, 40_000 })
	void appendedListSharesAllOfTheFirst(int size) {
		PersistentList<Object> list = list(size);
		PersistentList<Object> longer = list;
		for (int i = 0; i < 100; i++) {
			longer = longer.append(new Object());
			assertThat(longer.sharedPrefix(list)).isEqualTo(size);
			assertThat(list.sharedPrefix(longer)).isEqualTo(size);
		}
		assertThat(list.appendAll(list(2000)).sharedPrefix(list)).isEqualTo(size);
		assertThat(list.sharedPrefix(list)).isEqualTo(size);
	}

	@Test
	void sharedPrefixEndsAtTheFirstOtherElement() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 300; i++) {
			int size = 1 + random.nextInt(3000);
			int index = random.nextInt(size);
			PersistentList<Object> list = list(size);
			PersistentList<Object> changed = list.with(index, new Object()).appendAll(list(random.nextInt(100)));
			assertThat(changed.sharedPrefix(list)).as("seed=%d size=%d index=%d", seed, size, index).isEqualTo(index);
		}
	}

	@Test
	void listsOfOtherOriginShareWhatIsIdentical() {
		PersistentList<Object> list = list(100);
		assertThat(PersistentList.<Object>empty().appendAll(list.subList(0, 50)).sharedPrefix(list)).isEqualTo(50);
		assertThat(list(100).sharedPrefix(list)).isZero();
	}

}
