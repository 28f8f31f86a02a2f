package io.theus.internal.collection;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Runs a randomised trial several times, each with a seed of its own, which is in the
 * message when the trial fails. The system property {@code theus.test.seed} repeats one.
 */
final class Seeded {

	private Seeded() {
	}

	static void trials(int count, Consumer<Random> trial) {
		Long given = Long.getLong("theus.test.seed");
		for (int i = 0; i < ((given != null) ? 1 : count); i++) {
			long seed = (given != null) ? given : ThreadLocalRandom.current().nextLong();
			try {
				trial.accept(new Random(seed));
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError("trial failed, repeat it with -Dtheus.test.seed=" + seed, ex);
			}
		}
	}

}
