package io.theus.audit;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.theus.OtherThreads;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writers and readers of a trail at once.
 */
class AuditTrailStressTests {

	private static final int EACH = 60_000;

	@ParameterizedTest
	@CsvSource({ "1, 2, 1", "2, 2, 1", "7, 3, 2", "64, 4, 2", "1000, 2, 2" })
	void readersSeeWholeEntriesInOrderWhileWritersOverwriteThem(int capacity, int writers, int readers) {
		AuditTrail trail = new AuditTrail(capacity);
		AtomicInteger writing = new AtomicInteger(writers);
		AtomicInteger reads = new AtomicInteger();
		OtherThreads.runAll(writers + readers, (number) -> {
			if (number < writers) {
				for (int i = 0; i < EACH; i++) {
					Entries.add(trail, (long) number * EACH + i);
				}
				writing.decrementAndGet();
				return;
			}
			long newest = -1;
			while (writing.get() > 0) {
				newest = check(trail, newest, capacity);
				reads.incrementAndGet();
			}
		});
		assertThat(reads).hasPositiveValue();
		long total = (long) writers * EACH;
		assertThat(trail.total()).isEqualTo(total);
		List<AuditEntry> kept = trail.entries();
		assertThat(kept).hasSize(capacity);
		for (int i = 0; i < capacity; i++) {
			assertThat(kept.get(i).sequence()).isEqualTo(total - capacity + i);
		}
		assertThat(kept.stream().map(AuditEntry::count)).doesNotHaveDuplicates();
	}

	// Whole, each number once and rising, all within one round
	private static long check(AuditTrail trail, long newest, int capacity) {
		long totalBefore = trail.total();
		List<AuditEntry> entries = trail.entries();
		long last = -1;
		for (AuditEntry entry : entries) {
			if (!Entries.isWhole(entry) || entry.sequence() <= last) {
				throw new AssertionError("torn, twice or out of order: entries=" + entries);
			}
			last = entry.sequence();
		}
		if (entries.size() > capacity || (!entries.isEmpty() && last - entries.get(0).sequence() >= capacity)) {
			throw new AssertionError("more than is kept: entries=" + entries);
		}
		if (!entries.isEmpty() && entries.get(0).sequence() < totalBefore - capacity) {
			throw new AssertionError(
					"overwritten before it was read: total=%d, entries=%s".formatted(totalBefore, entries));
		}
		return Math.max(newest, last);
	}

}
