package io.theus.heavy;

import java.nio.DoubleBuffer;
import java.nio.file.Files;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.theus.DType;
import io.theus.HeavyArray;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An array of 3 GiB, which no buffer of Java can show as a whole.
 */
class LargeHeavyArrayTests {

	private static final long ROWS = 3 * 1024;

	private static final long COLUMNS = 1024 * 1024 / 8;

	private static final long BYTES = ROWS * COLUMNS * 8;

	@RegisterExtension
	final Heaps heaps = new Heaps();

	@Test
	void viewsReachBeyondTwoGibibytes() throws Exception {
		Assumptions.assumeTrue(Files.isDirectory(Heaps.SHARED), "the system does not say how much memory it shares");
		long room = Files.getFileStore(Heaps.SHARED).getUsableSpace();
		Assumptions.assumeTrue(room > BYTES + (1L << 30), "too little shared memory for 3 GiB: bytes=" + room);
		HeavyHeap heap = this.heaps.heap("large", 2 * BYTES);
		HeavyArray array = heap.alloc("large", DType.FLOAT64, ROWS, COLUMNS);
		long last = array.size() - 1;
		array.setDouble(last, 2.5);
		array.setDouble((1L << 31) / 8 - 1, 3);
		array.setDouble((1L << 31) / 8, 4);
		assertThat(array.getDouble(last)).isEqualTo(2.5);
		assertThat(array.row(ROWS - 1).sum()).isEqualTo(2.5);
		assertThat(array.sum()).isEqualTo(9.5);
		assertThat(array.max()).isEqualTo(4);
		DoubleBuffer across = array.doubleBuffer((1L << 31) / 8 - 1000, 1 << 27);
		assertThat(across.get(999)).isEqualTo(3);
		assertThat(across.get(1000)).isEqualTo(4);
		across.put((1 << 27) - 1, 5);
		assertThat(array.getDouble((1L << 31) / 8 - 1000 + (1 << 27) - 1)).isEqualTo(5);
		array.slice(2047, 2049).fill(1);
		assertThat(array.slice(2046, 2050).sum()).isEqualTo(2 * COLUMNS);
		array.row(1024).fill(7);
		array.slice(1, ROWS).copyFrom(array.slice(0, ROWS - 1));
		assertThat(array.row(2049).sum()).isEqualTo(COLUMNS);
		assertThat(array.row(2047).sum()).isZero();
		assertThat(array.row(1025).sum()).isEqualTo(7 * COLUMNS);
		try (HeavyBorrower borrower = new HeavyBorrower()) {
			HeavyArray borrowed = borrower.attach(HeavySlice.of(array.row(2048)));
			assertThat(borrowed.sum()).isEqualTo(COLUMNS);
		}
	}

}
