package io.theus.benchmarks.read;

import java.util.SplittableRandom;

/**
 * Which keys are read, drawn in advance because a draw takes as long as a read. The same
 * for every candidate.
 */
final class Draws {

	/** How many keys an attempt reads. */
	static final int READS = 1000;

	private static final int ATTEMPTS = 1000;

	private final int[] indices = new int[ATTEMPTS * READS];

	private final long[] sums = new long[ATTEMPTS];

	private int attempt;

	/**
	 * Draw keys.
	 * @param keys how many keys there are
	 */
	Draws(int keys) {
		SplittableRandom random = new SplittableRandom(keys);
		for (int index = 0; index < this.indices.length; index++) {
			this.indices[index] = random.nextInt(keys);
			this.sums[index / READS] += this.indices[index];
		}
	}

	int index(int draw) {
		return this.indices[draw];
	}

	/**
	 * Let a candidate run one attempt.
	 * @param reading the candidate
	 * @return the sum that it read
	 * @throws IllegalStateException if that is wrong
	 */
	long next(Reading reading) {
		int current = this.attempt;
		this.attempt = (current + 1) % ATTEMPTS;
		long sum = reading.read(current * READS);
		if (sum != this.sums[current]) {
			throw new IllegalStateException(
					"values are not those of the keys: expected=%d, sum=%d, ".formatted(this.sums[current], sum)
							+ "do not count this measurement");
		}
		return sum;
	}

}
