package io.theus.benchmarks.parallel;

/**
 * Steps of a linear congruential generator, whose end can be told without making them:
 * Brown, <i>Random Number Generation with Arbitrary Strides</i>, Transactions of the
 * American Nuclear Society 71 (1994). Each step waits for the one before and needs no
 * memory, so two threads do not slow each other down but for want of cores.
 */
final class Computation {

	// Those of Knuth's MMIX
	private static final long FACTOR = 6364136223846793005L;

	private static final long TERM = 1442695040888963407L;

	private static final int CHUNK = 10_000;

	private static final int TRIALS = 50;

	private static final int CHUNKS_OF_TRIAL = 1000;

	private static final double NANOS_PER_MILLI = 1e6;

	private Computation() {
	}

	// In chunks, because a method that is called often is compiled as a whole
	static long run(long seed, long steps) {
		long number = seed;
		long left = steps;
		for (; left > CHUNK; left -= CHUNK) {
			number = advance(number, CHUNK);
		}
		return advance(number, (int) left);
	}

	private static long advance(long number, int steps) {
		long next = number;
		for (int i = 0; i < steps; i++) {
			next = next * FACTOR + TERM;
		}
		return next;
	}

	/**
	 * Tell where a computation ends.
	 * @param seed where it begins
	 * @param steps how long it is
	 * @return what {@link #run} must return
	 */
	static long end(long seed, long steps) {
		long factor = 1;
		long term = 0;
		long squareFactor = FACTOR;
		long squareTerm = TERM;
		for (long left = steps; left > 0; left >>>= 1) {
			if ((left & 1) == 1) {
				factor *= squareFactor;
				term = term * squareFactor + squareTerm;
			}
			squareTerm *= squareFactor + 1;
			squareFactor *= squareFactor;
		}
		return seed * factor + term;
	}

	/**
	 * Find out how fast this thread is.
	 * @return how many steps it makes in a millisecond, by the best of several trials,
	 * which says what it can do when nobody disturbs it
	 */
	static long stepsPerMilli() {
		double best = 0;
		long number = 0;
		for (int i = 0; i < TRIALS; i++) {
			long begin = System.nanoTime();
			number = run(number, (long) CHUNKS_OF_TRIAL * CHUNK);
			double speed = CHUNKS_OF_TRIAL * CHUNK / ((System.nanoTime() - begin) / NANOS_PER_MILLI);
			best = Math.max(best, speed);
		}
		if (number != end(0, (long) TRIALS * CHUNKS_OF_TRIAL * CHUNK)) {
			throw new IllegalStateException("computation is wrong: number=" + number);
		}
		return (long) best;
	}

}
