package io.theus.state;

import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RecordShapeTests {

	private static final Item ITEM = new Item("nut", 3, 4.5, List.of(1, 2), true);

	@Test
	void readerReadsWhatTheAccessorReturns() {
		RecordShape shape = RecordShape.of(Item.class);
		assertThat(shape.names()).hasSize(5).allSatisfy((name) -> {
			int index = shape.indexOf(name);
			assertThat(shape.reader(index).apply(ITEM)).isEqualTo(shape.get(ITEM, index)).isNotNull();
		});
		assertThat(shape.reader(1).apply(ITEM)).isEqualTo(3);
	}

	@Test
	void readerOfAComponentOfATypeParameterReads() {
		RecordShape shape = RecordShape.of(Pair.class);
		assertThat(shape.reader(0).apply(new Pair<>("left", 1L))).isEqualTo("left");
		assertThat(shape.reader(1).apply(new Pair<>("left", 1L))).isEqualTo(1L);
	}

	@Test
	void readerPassesOnWhatAnAccessorThrows() {
		Function<Object, Object> reader = RecordShape.of(Broken.class).reader(0);
		assertThatIllegalStateException().isThrownBy(() -> reader.apply(new Broken(1))).withMessage("broken");
	}

	@Test
	void readerReadsNoOtherClass() {
		Function<Object, Object> reader = RecordShape.of(Item.class).reader(0);
		assertThatExceptionOfType(ClassCastException.class).isThrownBy(() -> reader.apply("nut"));
	}

	private record Item(String name, int quantity, double price, List<Integer> places, boolean sold) {

	}

	private record Pair<A, B>(A first, B second) {

	}

	record Broken(int value) {

		@Override
		public int value() {
			throw new IllegalStateException("broken");
		}

	}

}
