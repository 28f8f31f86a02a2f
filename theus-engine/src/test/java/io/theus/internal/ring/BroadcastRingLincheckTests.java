package io.theus.internal.ring;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/**
 * Model-checks that ring and cursor are linearisable: every interleaving explored must be
 * explained by some order of whole operations.
 */
class BroadcastRingLincheckTests {

	@Test
	void publishingAndReadingAreLinearisable() {
		options().check(SharedRing.class);
	}

	@Test
	void closingIsLinearisableToo() {
		options().check(ClosableRing.class);
	}

	private static ModelCheckingOptions options() {
		return new ModelCheckingOptions().iterations(6)
			.invocationsPerIteration(300)
			.threads(3)
			.actorsPerThread(3)
			.actorsBefore(1)
			.actorsAfter(2);
	}

	/**
	 * Two slots and one cursor that all threads share. A report of lag is a result like
	 * any other, so that the number missed is checked as well.
	 */
	public static class SharedRing {

		final BroadcastRing<Integer> ring = new BroadcastRing<>(2);

		private final Cursor<Integer> reader = this.ring.cursor((count) -> {
			throw new Missed(count);
		});

		@Operation
		public long publish(@Param(gen = IntGen.class, conf = "1:9") int value) {
			return this.ring.publish(value);
		}

		@Operation
		public String poll() {
			try {
				return "read " + this.reader.poll();
			}
			catch (Missed ex) {
				return "missed " + ex.count;
			}
		}

		@Operation
		public long total() {
			return this.ring.total();
		}

	}

	/**
	 * Publishers and readers against {@code close}.
	 */
	public static class ClosableRing extends SharedRing {

		@Operation
		public void close() {
			this.ring.close();
		}

		@Operation
		public boolean isClosed() {
			return this.ring.isClosed();
		}

	}

	private static final class Missed extends RuntimeException {

		private final long count;

		private Missed(long count) {
			this.count = count;
		}

	}

}
