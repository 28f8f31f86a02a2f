package io.theus.benchmarks.heavy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/**
 * The numbers that are handed over: integers so small that their sum is exact in
 * whichever order they are added. The first of them is zero until it is changed.
 */
final class Numbers {

	private static final int PER_MEGABYTE = 1_000_000 / Double.BYTES;

	private static final int PERIOD = 1000;

	private Numbers() {
	}

	static int count(int megabytes) {
		return megabytes * PER_MEGABYTE;
	}

	static double at(int index) {
		return index % PERIOD;
	}

	static void fill(DoubleBuffer buffer) {
		for (int i = 0; i < buffer.limit(); i++) {
			buffer.put(i, at(i));
		}
	}

	static ByteBuffer direct(int count) {
		return ByteBuffer.allocateDirect(count * Double.BYTES).order(ByteOrder.nativeOrder());
	}

	/**
	 * Return the sum of the numbers before the first is changed.
	 * @param count how many there are
	 * @return what {@link #sum(DoubleBuffer)} must find
	 */
	static double sum(int count) {
		long periods = count / PERIOD;
		long rest = count % PERIOD;
		return periods * (PERIOD * (PERIOD - 1) / 2) + rest * (rest - 1) / 2;
	}

	// One accumulator would wait for each addition to end before the next
	static double sum(DoubleBuffer buffer) {
		double a = 0;
		double b = 0;
		double c = 0;
		double d = 0;
		int count = buffer.limit();
		int i = 0;
		for (; i < count - 3; i += 4) {
			a += buffer.get(i);
			b += buffer.get(i + 1);
			c += buffer.get(i + 2);
			d += buffer.get(i + 3);
		}
		for (; i < count; i++) {
			a += buffer.get(i);
		}
		return (a + b) + (c + d);
	}

	static double sum(double[] array) {
		double a = 0;
		double b = 0;
		double c = 0;
		double d = 0;
		int i = 0;
		for (; i < array.length - 3; i += 4) {
			a += array[i];
			b += array[i + 1];
			c += array[i + 2];
			d += array[i + 3];
		}
		for (; i < array.length; i++) {
			a += array[i];
		}
		return (a + b) + (c + d);
	}

}
