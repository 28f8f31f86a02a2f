package io.theus.audit;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AuditTrailTests {

	private static List<Long> sequences(AuditTrail trail) {
		return trail.entries().stream().map(AuditEntry::sequence).toList();
	}

	@Test
	void emptyTrailHasNothing() {
		AuditTrail trail = new AuditTrail(3);
		assertThat(trail.entries()).isEmpty();
		assertThat(trail.total()).isZero();
		assertThat(trail.size()).isZero();
		assertThat(trail.capacity()).isEqualTo(3);
		assertThat(trail.oldest()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 1000 })
	void capacityIsExactAndTheOldestEntryIsOverwritten(int capacity) {
		AuditTrail trail = new AuditTrail(capacity);
		for (long written = 1; written <= 3L * capacity + 1; written++) {
			Entries.add(trail, written);
			long oldest = Math.max(0, written - capacity);
			assertThat(trail.total()).isEqualTo(written);
			assertThat(trail.size()).isEqualTo((int) (written - oldest));
			assertThat(trail.oldest()).isEqualTo(oldest);
			if (written > capacity - 2) {
				assertThat(sequences(trail))
					.containsExactlyElementsOf(LongStream.range(oldest, written).boxed().toList());
			}
		}
		assertThat(trail.entries()).allMatch((entry) -> entry.count() == entry.sequence() + 1);
	}

	@Test
	void entriesThatWereReadDoNotChange() {
		AuditTrail trail = new AuditTrail(2);
		Entries.add(trail, 1);
		List<AuditEntry> before = trail.entries();
		Entries.add(trail, 2);
		Entries.add(trail, 3);
		assertThat(before).containsExactly(Entries.entry(0, 1));
	}

	@Test
	void writerThatIsHeldUpHoldsUpNobody() {
		AuditTrail trail = new AuditTrail(3);
		long held = trail.claim();
		Entries.add(trail, 2);
		assertThat(trail.total()).isEqualTo(2);
		assertThat(sequences(trail)).containsExactly(1L);
		trail.place(Entries.entry(held, 1));
		assertThat(sequences(trail)).containsExactly(0L, 1L);
	}

	@Test
	void writerThatWasOvertakenByARoundDoesNotOverwriteANewerEntry() {
		AuditTrail trail = new AuditTrail(2);
		long held = trail.claim();
		for (long count = 1; count <= 4; count++) {
			Entries.add(trail, count);
		}
		trail.place(Entries.entry(held, 0));
		assertThat(sequences(trail)).containsExactly(3L, 4L);
		assertThat(trail.size()).isEqualTo(2);
		assertThat(trail.total()).isEqualTo(5);
	}

	@Test
	void writersOfThreeRoundsLeaveTheNewestEntryInAnyOrder() {
		AuditTrail trail = new AuditTrail(1);
		long first = trail.claim();
		long second = trail.claim();
		long third = trail.claim();
		trail.place(Entries.entry(second, 2));
		assertThat(trail.entries()).isEmpty();
		trail.place(Entries.entry(third, 3));
		trail.place(Entries.entry(first, 1));
		assertThat(trail.entries()).containsExactly(Entries.entry(third, 3));
	}

	@Test
	void trailNeedsRoom() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AuditTrail(0))
			.withMessage("audit trail has no room for an entry: capacity=0, use 1 or more");
	}

}
