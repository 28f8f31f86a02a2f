package io.theus.outbox;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Model-checks the counters that decide whether a commit may add messages. A stress test
 * does not find these races on two cores.
 */
class RoomLincheckTests {

	@Test
	void twoCommitsNeverGetTheLastRoom() {
		options().check(LastRoom.class);
	}

	@Test
	void nobodyIsAccusedOfHavingReservedTooLittle() {
		options().check(EnoughRoom.class);
	}

	private static ModelCheckingOptions options() {
		return new ModelCheckingOptions().iterations(5).invocationsPerIteration(500).threads(3).actorsPerThread(2);
	}

	/**
	 * Commits that only reserve, until there is no more room.
	 */
	public static class LastRoom {

		private final Room room = new Room(4);

		@Operation
		public boolean reserveOne() {
			return this.room.reserve(1);
		}

		@Operation
		public boolean reserveTwo() {
			return this.room.reserve(2);
		}

		@Operation
		public long taken() {
			return this.room.taken();
		}

	}

	/**
	 * Whole commits. None of them can fail, whatever the others do meanwhile.
	 */
	public static class EnoughRoom {

		private final Room room = new Room(100);

		@Operation
		public boolean commit() {
			boolean reserved = this.room.reserve(1);
			this.room.fill(1);
			this.room.free();
			return reserved;
		}

		@Operation
		public boolean refuse() {
			boolean reserved = this.room.reserve(1);
			this.room.release(1);
			return reserved;
		}

	}

}
