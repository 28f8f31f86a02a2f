package io.theus.transaction;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

import org.junit.jupiter.api.Test;

import io.theus.StatePath;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that commits leave nothing behind but the window of the history.
 */
class ManyCommitsTests {

	private static final StatePath<Long> COUNTER = StatePath.of("domain.counters.total", Long.class);

	private static final long MEBIBYTE = 1 << 20;

	private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

	@Test
	void heapStaysFlatOverAMillionCommits() {
		try (TheusEngine engine = TheusEngine.builder().build()) {
			commit(engine, 100_000);
			long early = used();
			commit(engine, 900_000);
			long late = used();
			assertThat(engine.state().get(COUNTER)).isEqualTo(1_000_000);
			assertThat(late - early).as("bytes more after nine times as many commits, early=%d late=%d", early, late)
				.isLessThan(2 * MEBIBYTE);
		}
	}

	private static void commit(TheusEngine engine, int times) {
		for (int i = 0; i < times; i++) {
			int key = i % 1000;
			engine.transact((transaction) -> {
				transaction.upsert(COUNTER, 1L, (value) -> value + 1);
				transaction.set("domain.last.k" + key, transaction.version());
				return true;
			});
		}
	}

	private long used() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			this.memory.gc();
			least = Math.min(least, this.memory.getHeapMemoryUsage().getUsed());
		}
		return least;
	}

}
