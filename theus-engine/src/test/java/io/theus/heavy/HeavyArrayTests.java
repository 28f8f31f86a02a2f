package io.theus.heavy;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.theus.DType;
import io.theus.HeavyArray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Views of real shared memory: elements, shapes, parts and what is refused.
 */
class HeavyArrayTests {

	@RegisterExtension
	final Heaps heaps = new Heaps();

	@ParameterizedTest
	@EnumSource
	void newArrayIsAllZeros(DType dtype) {
		HeavyArray array = this.heaps.heap().alloc("a", dtype, 3, 5);
		assertThat(array.toDoubles()).hasSize(15).containsOnly(0);
		assertThat(array.shape()).containsExactly(3L, 5L);
		assertThat(array.descriptor().bytes()).isEqualTo(15L * dtype.bytes());
		assertThat(array.descriptor().order())
			.isEqualTo((ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) ? "little" : "big");
	}

	@ParameterizedTest
	@EnumSource
	void elementKeepsTheExtremesOfItsType(DType dtype) {
		HeavyArray array = this.heaps.heap().alloc("a", dtype, 4);
		long[] values = switch (dtype) {
			case BOOL -> new long[] { 0, 1, 1, 0 };
			case INT8 -> new long[] { -128, 127, -1, 0 };
			case UINT8 -> new long[] { 0, 255, 128, 1 };
			case INT16 -> new long[] { -32768, 32767, -1, 0 };
			case UINT16 -> new long[] { 0, 65535, 32768, 1 };
			case INT32 -> new long[] { Integer.MIN_VALUE, Integer.MAX_VALUE, -1, 0 };
			case UINT32 -> new long[] { 0, 0xFFFF_FFFFL, 0x8000_0000L, 1 };
			case INT64 -> new long[] { Long.MIN_VALUE, Long.MAX_VALUE, -1, 0 };
			case FLOAT32 -> new long[] { -(1L << 24), 1L << 24, -1, 0 };
			case FLOAT64 -> new long[] { -(1L << 53), 1L << 53, -1, 0 };
		};
		for (int i = 0; i < 4; i++) {
			array.setLong(i, values[i]);
		}
		assertThat(LongStream.range(0, 4).map(array::getLong))
			.containsExactly(Arrays.stream(values).boxed().toArray(Long[]::new));
		double[] doubles = Arrays.stream(values).mapToDouble((value) -> value).toArray();
		assertThat(array.toDoubles()).containsExactly(doubles);
		assertThat(array.getDouble(1)).isEqualTo(doubles[1]);
		assertThat(array.min()).isEqualTo(Arrays.stream(doubles).min().orElseThrow());
		assertThat(array.max()).isEqualTo(Arrays.stream(doubles).max().orElseThrow());
	}

	@Test
	void valueIsConvertedAsByACast() {
		HeavyHeap heap = this.heaps.heap();
		assertThat(stored(heap, DType.INT8, 200)).isEqualTo((byte) 200);
		assertThat(stored(heap, DType.UINT8, -1)).isEqualTo(255);
		assertThat(stored(heap, DType.UINT32, -1)).isEqualTo(0xFFFF_FFFFL);
		assertThat(stored(heap, DType.INT32, 1.9)).isEqualTo(1);
		assertThat(stored(heap, DType.BOOL, 0.3)).isEqualTo(1);
		assertThat(stored(heap, DType.FLOAT32, 0.1)).isEqualTo(0.1f);
		assertThat(stored(heap, DType.INT64, Double.NaN)).isZero();
	}

	private static double stored(HeavyHeap heap, DType dtype, double value) {
		HeavyArray array = heap.alloc("a", dtype, 2);
		array.setDouble(0, value);
		array.slice(1, 2).fill(value);
		assertThat(array.getDouble(1)).isEqualTo(array.getDouble(0));
		return array.getDouble(0);
	}

	@Test
	void indexCountsTheLastDimensionFastest() {
		HeavyArray array = this.heaps.heap().alloc("a", DType.INT32, 2, 3, 4);
		assertThat(array.index(1, 2, 3)).isEqualTo(23);
		assertThat(array.index(0, 1, 0)).isEqualTo(4);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.index(0, 3, 0))
			.withMessage("element [0, 3, 0] is outside of shape [2, 3, 4]");
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> array.index(1))
			.withMessage("element [1] cannot be in shape [2, 3, 4]: dimensions=1, expected=3");
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.getDouble(24))
			.withMessage("element 24 is outside of heavy array '%s': shape=[2, 3, 4], elements=24"
				.formatted(array.descriptor().name()));
	}

	@Test
	void partsShowTheSameNumbers() {
		HeavyArray array = this.heaps.heap().alloc("a", DType.INT16, 4, 3);
		LongStream.range(0, 12).forEach((i) -> array.setLong(i, i));
		HeavyArray rows = array.slice(1, 3);
		assertThat(rows.shape()).containsExactly(2L, 3L);
		assertThat(rows.toDoubles()).containsExactly(3, 4, 5, 6, 7, 8);
		HeavyArray row = rows.row(1);
		assertThat(row.shape()).containsExactly(3L);
		row.fill(-1);
		assertThat(array.toDoubles()).containsExactly(0, 1, 2, 3, 4, 5, -1, -1, -1, 9, 10, 11);
		assertThat(array.reshape(2, 6).row(1).toDoubles()).containsExactly(-1, -1, -1, 9, 10, 11);
		assertThat(array.slice(2, 4).reshape(6).slice(2, 4).toDoubles()).containsExactly(-1, 9);
		assertThat(row.descriptor()).isEqualTo(array.descriptor());
	}

	@Test
	void partsThatDoNotExistAreRefused() {
		HeavyArray array = this.heaps.heap().alloc("a", DType.INT16, 4, 3);
		String name = array.descriptor().name();
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.slice(2, 5))
			.withMessage("range 2 to 5 is empty or outside of heavy array '%s': shape=[4, 3]".formatted(name));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.slice(2, 2));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.row(4))
			.withMessage("row 4 is outside of heavy array '%s': shape=[4, 3]".formatted(name));
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> array.row(0).row(0))
			.withMessage("heavy array '%s' has no rows: shape=[3], use an index or a slice".formatted(name));
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> array.reshape(5, 2))
			.withMessage(
					"heavy array '%s' cannot have shape [5, 2]: shape=[4, 3], elements=12, wanted=10".formatted(name))
			.satisfies((ex) -> assertThat(ex.shape()).containsExactly(5L, 2L));
	}

	@Test
	void shapesWithoutElementsOrWithTooManyAreRefused() {
		HeavyHeap heap = this.heaps.heap();
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> heap.alloc("a", DType.INT8, 3, 0))
			.withMessage("shape [3, 0] has a dimension without elements, use lengths of at least 1");
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> heap.alloc("a", DType.INT8))
			.withMessage("shape has no dimension, use [1] for a single element");
		assertThatExceptionOfType(HeavyShapeException.class)
			.isThrownBy(() -> heap.alloc("a", DType.INT8, 1L << 40, 1L << 40))
			.withMessage("shape [1099511627776, 1099511627776] has too many elements, at most 2^63 - 1");
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> heap.alloc("a", DType.INT64, 1L << 61))
			.withMessage("shape [2305843009213693952] of int64 has too many bytes, at most 2^63 - 1");
		assertThat(heap.isEmpty()).isTrue();
	}

	@Test
	void buffersAreTheMemoryItself() {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray doubles = heap.alloc("a", DType.FLOAT64, 10);
		doubles.doubleBuffer().put(3, 2.5);
		assertThat(doubles.getDouble(3)).isEqualTo(2.5);
		assertThat(doubles.doubleBuffer(3, 2).get(0)).isEqualTo(2.5);
		assertThat(doubles.doubleBuffer(10, 0).remaining()).isZero();
		HeavyArray floats = heap.alloc("a", DType.FLOAT32, 10);
		floats.floatBuffer().put(1, 1.5f);
		assertThat(floats.getDouble(1)).isEqualTo(1.5);
		HeavyArray bytes = heap.alloc("a", DType.UINT8, 10);
		bytes.byteBuffer(9, 1).put(0, (byte) 255);
		assertThat(bytes.getLong(9)).isEqualTo(255);
		HeavyArray shorts = heap.alloc("a", DType.UINT16, 10);
		shorts.shortBuffer(1, 1).put(0, (short) -1);
		assertThat(shorts.getLong(1)).isEqualTo(65535);
		HeavyArray ints = heap.alloc("a", DType.INT32, 10);
		ints.slice(2, 10).intBuffer(1, 1).put(0, 7);
		assertThat(ints.getLong(3)).isEqualTo(7);
		HeavyArray longs = heap.alloc("a", DType.INT64, 10);
		longs.longBuffer(0, 10).put(0, -9);
		assertThat(longs.getLong(0)).isEqualTo(-9);
	}

	@Test
	void bufferOfAnotherTypeIsRefused() {
		HeavyArray array = this.heaps.heap().alloc("frame", DType.FLOAT32, 10);
		assertThatExceptionOfType(HeavyTypeException.class).isThrownBy(array::doubleBuffer)
			.withMessage(
					"heavy array '%s' has another type: dtype=float32, 'doubleBuffer' shows only [float64], use the buffer of the type"
						.formatted(array.descriptor().name()))
			.satisfies((ex) -> assertThat(ex.dtype()).isEqualTo(DType.FLOAT32));
		assertThatExceptionOfType(HeavyTypeException.class).isThrownBy(() -> array.byteBuffer(0, 1));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> array.floatBuffer(8, 3))
			.withMessage("elements from 8 are outside of heavy array '%s': count=3, elements=10"
				.formatted(array.descriptor().name()));
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> array.floatBuffer(0, (1 << 28) + 1))
			.withMessageContaining("is too large: elements=268435457, most=268435456, take several");
	}

	@Test
	void readOnlyViewRefusesChanges() {
		HeavyArray array = this.heaps.heap().alloc("a", DType.FLOAT64, 4, 2);
		HeavyArray view = array.asReadOnly();
		assertThat(array.isReadOnly()).isFalse();
		assertThat(view.isReadOnly()).isTrue();
		assertThat(view.row(1).isReadOnly()).isTrue();
		assertThat(view.doubleBuffer().isReadOnly()).isTrue();
		String name = array.descriptor().name();
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(() -> view.fill(1))
			.withMessage("fill of heavy array '%s' is refused, this view is read-only".formatted(name))
			.satisfies((ex) -> assertThat(ex.action()).isEqualTo("fill"));
		for (Runnable change : List.<Runnable>of(() -> view.setDouble(0, 1), () -> view.setLong(0, 1),
				() -> view.copyFrom(array), () -> view.add(array), () -> view.multiply(array), () -> view.scale(2),
				() -> view.map((value) -> value), () -> view.slice(0, 1).fill(1))) {
			assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(change::run)
				.withMessageContaining("read-only");
		}
		assertThat(array.sum()).isZero();
	}

	@Test
	void everyMethodFailsAfterTheEnd() {
		HeavyArray array = this.heaps.heap().alloc("a", DType.FLOAT64, 4, 2);
		String name = array.descriptor().name();
		HeavyArray part = array.slice(0, 2);
		HeavyArray partOfPart = part.row(0);
		part.close();
		assertThat(array.sum()).isZero();
		for (HeavyArray ended : List.of(part, partOfPart)) {
			for (Runnable use : List.<Runnable>of(ended::descriptor, ended::dtype, ended::shape, ended::size,
					ended::isReadOnly, () -> ended.index(0), () -> ended.getDouble(0), () -> ended.getLong(0),
					() -> ended.setDouble(0, 1), () -> ended.setLong(0, 1), ended::doubleBuffer, ended::toDoubles,
					() -> ended.slice(0, 1), () -> ended.row(0), () -> ended.reshape(4), ended::asReadOnly,
					() -> ended.fill(1), () -> ended.copyFrom(ended), () -> ended.add(ended),
					() -> ended.multiply(ended), () -> ended.scale(1), () -> ended.map((value) -> value), ended::sum,
					ended::min, ended::max, () -> ended.dot(ended), () -> HeavySlice.of(ended))) {
				assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(use::run)
					.withMessageContaining("of heavy array '%s' is refused, the view has ended".formatted(name));
			}
		}
		array.close();
		array.close();
		assertThatExceptionOfType(HeavyAccessException.class).isThrownBy(array::sum)
			.withMessage(
					"sum of heavy array '%s' is refused, the view has ended, map it again within the attempt that uses it"
						.formatted(name));
	}

	@Test
	void bufferTakenBeforeTheEndDoesNotCrash() {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("a", DType.FLOAT64, 1000);
		array.fill(3);
		var buffer = array.doubleBuffer();
		array.close();
		heap.close();
		System.gc();
		assertThat(buffer.get(999)).isEqualTo(3);
	}

	@ParameterizedTest
	@EnumSource
	void operationsDoWhatALoopDoes(DType dtype) {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		int size = 2500;
		HeavyHeap heap = this.heaps.heap();
		HeavyArray a = heap.alloc("a", dtype, size);
		HeavyArray b = heap.alloc("b", dtype, size);
		double[] x = new double[size];
		double[] y = new double[size];
		for (int i = 0; i < size; i++) {
			x[i] = (dtype == DType.BOOL) ? random.nextInt(2) : random.nextInt(10);
			y[i] = (dtype == DType.BOOL) ? random.nextInt(2) : random.nextInt(10);
			a.setDouble(i, x[i]);
			b.setDouble(i, y[i]);
		}
		double dot = 0;
		for (int i = 0; i < size; i++) {
			dot += x[i] * y[i];
		}
		assertThat(a.dot(b)).as("seed=%d", seed).isEqualTo(dot);
		assertThat(a.sum()).isEqualTo(Arrays.stream(x).sum());
		assertThat(a.min()).isEqualTo(Arrays.stream(x).min().orElseThrow());
		assertThat(a.max()).isEqualTo(Arrays.stream(x).max().orElseThrow());
		a.multiply(b);
		Arrays.setAll(x, (i) -> x[i] * y[i]);
		assertThat(a.toDoubles()).containsExactly(x);
		a.add(b);
		Arrays.setAll(x, (i) -> (dtype == DType.BOOL) ? Math.min(1, x[i] + y[i]) : x[i] + y[i]);
		assertThat(a.toDoubles()).containsExactly(x);
		a.map((value) -> 7 - value / 2);
		Arrays.setAll(x, (i) -> cast(dtype, 7 - x[i] / 2));
		assertThat(a.toDoubles()).containsExactly(x);
		a.scale(0.5);
		Arrays.setAll(x, (i) -> cast(dtype, x[i] * 0.5));
		assertThat(a.toDoubles()).containsExactly(x);
		b.copyFrom(a);
		assertThat(b.toDoubles()).containsExactly(x);
		b.fill(1);
		assertThat(b.sum()).isEqualTo(size);
	}

	private static double cast(DType dtype, double value) {
		return switch (dtype) {
			case BOOL -> (value != 0) ? 1 : 0;
			case INT8 -> (byte) (long) value;
			case UINT8 -> (long) value & 0xFF;
			case INT16 -> (short) (long) value;
			case UINT16 -> (long) value & 0xFFFF;
			case INT32 -> (int) (long) value;
			case UINT32 -> (long) value & 0xFFFF_FFFFL;
			case INT64 -> (double) (long) value;
			case FLOAT32 -> (float) value;
			case FLOAT64 -> value;
		};
	}

	@Test
	void integersAreAddedExactly() {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("a", DType.INT64, 3000);
		array.setLong(0, Long.MAX_VALUE);
		array.setLong(1500, Long.MAX_VALUE);
		array.setLong(2999, Long.MIN_VALUE);
		array.setLong(7, Long.MIN_VALUE);
		array.setLong(8, 12);
		assertThat(array.sum()).isEqualTo(10);
		HeavyArray large = heap.alloc("a", DType.INT64, 2);
		large.setLong(0, (1L << 53) + 1);
		large.add(large);
		assertThat(large.getLong(0)).isEqualTo((1L << 54) + 2);
		assertThat(heap.alloc("u", DType.UINT32, 5000).fill(0xFFFF_FFFFL).sum()).isEqualTo(5000 * 4294967295.0);
	}

	@Test
	void sumOfManyNumbersIsPrecise() {
		HeavyArray array = this.heaps.heap().alloc("a", DType.FLOAT64, 1_000_003).fill(0.1);
		assertThat(array.sum()).isCloseTo(100_000.3, within(1e-8));
		assertThat(array.dot(array)).isCloseTo(10_000.03, within(1e-8));
	}

	@Test
	void notANumberIsSmallestAndLargest() {
		HeavyArray array = this.heaps.heap().alloc("a", DType.FLOAT64, 3000);
		array.setDouble(2000, Double.NaN);
		assertThat(array.min()).isNaN();
		assertThat(array.max()).isNaN();
		assertThat(array.sum()).isNaN();
		array.fill(-0.0).setDouble(1, Double.NEGATIVE_INFINITY);
		assertThat(array.min()).isEqualTo(Double.NEGATIVE_INFINITY);
		assertThat(array.max()).isEqualTo(-0.0);
	}

	@Test
	void counterpartsMustMatch() {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray array = heap.alloc("a", DType.FLOAT64, 2, 3);
		HeavyArray other = heap.alloc("b", DType.FLOAT32, 2, 3);
		HeavyArray turned = heap.alloc("c", DType.FLOAT64, 3, 2);
		assertThatExceptionOfType(HeavyTypeException.class).isThrownBy(() -> array.add(other))
			.withMessage(
					"heavy array '%s' has another type: dtype=float32, 'add' with '%s' needs float64, use copyFrom to convert it"
						.formatted(other.descriptor().name(), array.descriptor().name()));
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> array.dot(turned))
			.withMessage("heavy array '%s' has another shape: shape=[3, 2], 'dot' with '%s' needs [2, 3], reshape it"
				.formatted(turned.descriptor().name(), array.descriptor().name()));
		assertThatExceptionOfType(HeavyShapeException.class).isThrownBy(() -> array.copyFrom(turned.row(0)))
			.withMessage("heavy array '%s' cannot be copied to '%s': elements=2, expected=6"
				.formatted(turned.descriptor().name(), array.descriptor().name()));
		turned.fill(4.5);
		assertThat(array.copyFrom(turned).sum()).isEqualTo(27);
		assertThat(other.copyFrom(turned).sum()).isEqualTo(27);
	}

	@Test
	void copyingConverts() {
		HeavyHeap heap = this.heaps.heap();
		HeavyArray longs = heap.alloc("a", DType.INT64, 3);
		longs.setLong(0, Long.MAX_VALUE);
		longs.setLong(1, -1);
		longs.setLong(2, 300);
		assertThat(heap.alloc("b", DType.UINT8, 3).copyFrom(longs).toDoubles()).containsExactly(255, 255, 44);
		assertThat(heap.alloc("b", DType.FLOAT32, 3).copyFrom(longs).toDoubles()).containsExactly(0x1p63, -1, 300);
		HeavyArray doubles = heap.alloc("c", DType.FLOAT64, 3).fill(-2.9);
		assertThat(heap.alloc("b", DType.INT16, 3).copyFrom(doubles).toDoubles()).containsOnly(-2);
	}

	@Test
	void overlappingPartsAreCopiedAsIfThroughACopy() {
		HeavyArray array = this.heaps.heap().alloc("a", DType.INT32, 10_000);
		for (int i = 0; i < 10_000; i++) {
			array.setLong(i, i);
		}
		array.slice(3, 10_000).copyFrom(array.slice(0, 9_997));
		assertThat(array.getLong(9_999)).isEqualTo(9_996);
		assertThat(array.getLong(5_003)).isEqualTo(5_000);
		array.slice(0, 9_997).copyFrom(array.slice(3, 10_000));
		assertThat(array.getLong(0)).isZero();
		assertThat(array.getLong(9_000)).isEqualTo(9_000);
	}

	@Test
	void listenerIsToldOncePerOperation() {
		List<String> told = new java.util.ArrayList<>();
		HeavyHeap heap = this.heaps.heap("b", (array, operation, elements, write) -> told
			.add("%s %s %d %s".formatted(array.key(), operation, elements, write)), (key) -> null);
		HeavyArray a = heap.alloc("a", DType.FLOAT64, 4, 2);
		HeavyArray b = heap.alloc("b", DType.FLOAT64, 2);
		a.fill(1).row(0).copyFrom(b).add(b).multiply(b).scale(2).map((value) -> value);
		a.sum();
		a.min();
		a.slice(1, 3).max();
		b.dot(b);
		a.getDouble(0);
		a.doubleBuffer();
		assertThat(told).containsExactly("a fill 8 true", "a copyFrom 2 true", "a add 2 true", "a multiply 2 true",
				"a scale 2 true", "a map 2 true", "a sum 8 false", "a min 8 false", "a max 4 false", "b dot 2 false");
	}

	@Test
	void listenerMayRefuse() {
		HeavyHeap heap = this.heaps.heap("b", (array, operation, elements, write) -> {
			if (write) {
				throw new IllegalStateException("no " + operation);
			}
		}, (key) -> null);
		HeavyArray array = heap.alloc("a", DType.FLOAT64, 4);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> array.fill(1)).withMessage("no fill");
		assertThat(array.sum()).isZero();
	}

	@Test
	void namesForPeopleSayWhoOwns() {
		HeavyArray array = this.heaps.heap().alloc("frame", DType.FLOAT32, 2, 3);
		String name = "theus:%s:%d:frame".formatted(this.heaps.session("a"), ProcessHandle.current().pid());
		assertThat(array.descriptor().name()).isEqualTo(name);
		assertThat(array).hasToString(name + " float32[2, 3]");
		assertThat(array.row(1)).hasToString(name + " float32[2, 3] from 3 as [3]");
	}

}
