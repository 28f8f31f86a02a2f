package io.theus.benchmarks.flux;

/**
 * What the steps of all candidates do.
 */
final class Increment {

	private Increment() {
	}

	/**
	 * Add one to an even number.
	 * @param counter the number
	 * @return the next one
	 * @throws IllegalStateException if it is odd, so the workflow took the wrong branch
	 */
	static long even(long counter) {
		return next(counter, counter % 2 == 0);
	}

	/**
	 * Add one to an odd number.
	 * @param counter the number
	 * @return the next one
	 * @throws IllegalStateException if it is even, so the workflow took the wrong branch
	 */
	static long odd(long counter) {
		return next(counter, counter % 2 != 0);
	}

	private static long next(long counter, boolean expected) {
		if (!expected) {
			throw new IllegalStateException(
					"wrong branch was taken: counter=%d, do not count this measurement".formatted(counter));
		}
		return counter + 1;
	}

}
