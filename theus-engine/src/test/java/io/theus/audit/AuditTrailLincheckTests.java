package io.theus.audit;

import java.util.List;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Explores the interleavings of writers and readers of a small trail. An entry that is on
 * its way is not seen, so reading is not linearisable; what must hold of what is read is
 * an operation of its own, which has one right answer.
 */
class AuditTrailLincheckTests {

	@Test
	void trailOfOneKeepsTheNewestEntry() {
		options().check(TrailOfOne.class);
	}

	@Test
	void smallTrailKeepsTheNewestEntries() {
		options().check(TrailOfTwo.class);
	}

	private static ModelCheckingOptions options() {
		return new ModelCheckingOptions().iterations(8)
			.threads(3)
			.actorsPerThread(2)
			.actorsBefore(1)
			.actorsAfter(1)
			.invocationsPerIteration(400);
	}

	/**
	 * Room for one entry.
	 */
	public static class TrailOfOne extends SmallTrail {

		@Override
		int capacity() {
			return 1;
		}

	}

	/**
	 * Room for two entries.
	 */
	public static class TrailOfTwo extends SmallTrail {

		@Override
		int capacity() {
			return 2;
		}

	}

	/**
	 * A trail of any size.
	 */
	public abstract static class SmallTrail {

		private final AuditTrail trail = new AuditTrail(capacity());

		abstract int capacity();

		@Operation
		public void add() {
			Entries.add(this.trail, 1);
		}

		@Operation
		public long total() {
			return this.trail.total();
		}

		@Operation
		public String read() {
			long before = this.trail.total();
			List<AuditEntry> entries = this.trail.entries();
			for (int i = 0; i < entries.size(); i++) {
				if (!Entries.isWhole(entries.get(i))) {
					return "torn";
				}
				if (i > 0 && entries.get(i).sequence() <= entries.get(i - 1).sequence()) {
					return "out of order";
				}
				if (entries.get(i).sequence() < before - this.trail.capacity()) {
					return "overwritten";
				}
			}
			return (entries.size() <= this.trail.capacity()) ? "in order" : "too many";
		}

		@Validate
		public void everythingThatIsKeptIsThere() {
			List<AuditEntry> entries = this.trail.entries();
			long oldest = Math.max(0, this.trail.total() - this.trail.capacity());
			if (entries.size() != this.trail.total() - oldest) {
				throw new IllegalStateException("total=%d, entries=%s".formatted(this.trail.total(), entries));
			}
			for (int i = 0; i < entries.size(); i++) {
				if (entries.get(i).sequence() != oldest + i) {
					throw new IllegalStateException("total=%d, entries=%s".formatted(this.trail.total(), entries));
				}
			}
		}

	}

}
