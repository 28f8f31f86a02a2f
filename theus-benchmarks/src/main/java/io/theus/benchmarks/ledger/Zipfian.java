package io.theus.benchmarks.ledger;

import java.util.SplittableRandom;

/**
 * Draws numbers of which few are frequent and most are rare.
 * <p>
 * The algorithm is that of Gray, Sundaresan, Englert, Baclawski and Weinberger,
 * <em>Quickly Generating Billion-Record Synthetic Databases</em>, SIGMOD 1994, section
 * 3.2, with the skew of 0.99 that YCSB uses (Cooper et al., <em>Benchmarking Cloud
 * Serving Systems with YCSB</em>, SoCC 2010). For one thread.
 */
final class Zipfian {

	private static final double SKEW = 0.99;

	private final int count;

	private final SplittableRandom random;

	private final double total;

	private final double alpha = 1 / (1 - SKEW);

	private final double eta;

	/**
	 * Create a generator.
	 * @param count how many numbers there are
	 * @param random the source of randomness
	 */
	Zipfian(int count, SplittableRandom random) {
		this.count = count;
		this.random = random;
		this.total = zeta(count);
		this.eta = (1 - Math.pow(2.0 / count, 1 - SKEW)) / (1 - zeta(2) / this.total);
	}

	private static double zeta(int count) {
		double sum = 0;
		for (int rank = 1; rank <= count; rank++) {
			sum += 1 / Math.pow(rank, SKEW);
		}
		return sum;
	}

	/**
	 * Draw a number.
	 * @return a number from zero up to the count; the lower, the more frequent
	 */
	int next() {
		double uniform = this.random.nextDouble();
		double scaled = uniform * this.total;
		if (scaled < 1) {
			return 0;
		}
		if (scaled < 1 + Math.pow(0.5, SKEW)) {
			return 1;
		}
		int drawn = (int) (this.count * Math.pow(this.eta * uniform - this.eta + 1, this.alpha));
		return Math.min(drawn, this.count - 1);
	}

}
