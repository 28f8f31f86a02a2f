package io.theus.transaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.RepeatedTest;

import io.theus.OtherThreads;
import io.theus.TransactionContext;
import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records what random transactions of several threads read, wrote and in which version
 * they committed, then replays the committed ones one after the other in that order: each
 * has to read again just what it read. Written values are unique, so a read tells which
 * write it saw.
 */
class SerialisabilityTests {

	private static final int THREADS = 6;

	private static final int TRANSACTIONS = 3000;

	private static final int KEYS = 4;

	private final TheusEngine engine = TheusEngine.builder().build();

	private final Queue<Done> history = new ConcurrentLinkedQueue<>();

	private final AtomicInteger values = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	@RepeatedTest(3)
	void committedTransactionsReadAsIfTheyHadRunOneAfterTheOther() {
		long seed = new Random().nextLong();
		OtherThreads.runAll(THREADS, (thread) -> run(new Random(seed + thread)));
		assertThat(this.history).as("seed=%d", seed).hasSizeGreaterThan(TRANSACTIONS);
		assertThat(this.refused).as("conflicts, without which nothing is tested, seed=%d", seed).hasPositiveValue();
		replay(seed);
	}

	private void run(Random random) {
		for (int i = 0; i < TRANSACTIONS; i++) {
			Recording recording = new Recording(random);
			try {
				CommitCapture<Long> capture = CommitCapture.of(() -> this.engine.transact(recording::run));
				boolean committed = !capture.commits().isEmpty();
				long version = committed ? capture.commits().get(0).version() : capture.result();
				this.history.add(new Done(version, committed, recording.reads, recording.writes));
			}
			catch (ConflictException ex) {
				this.refused.incrementAndGet();
			}
			catch (Throwable ex) {
				throw new AssertionError(ex);
			}
		}
	}

	private void replay(long seed) {
		List<Done> order = new ArrayList<>(this.history);
		// Who read version v without effect comes after the commit that made v
		order.sort(Comparator.comparingLong(Done::version).thenComparing((done) -> !done.committed));
		Map<String, Integer> content = new TreeMap<>();
		for (Done done : order) {
			for (Read read : done.reads) {
				assertThat(read.keys == null || read.keys.equals(List.copyOf(content.keySet())))
					.as("seed=%d keys %s at %s, serially %s", seed, read.keys, done, content)
					.isTrue();
				if (read.keys == null) {
					assertThat(read.value).as("seed=%d read of %s by %s", seed, read.key, done)
						.isEqualTo(content.get(read.key));
				}
			}
			done.writes.forEach((key, value) -> {
				if (value == 0) {
					content.remove(key);
				}
				else {
					content.put(key, value);
				}
			});
		}
		assertThat(content).as("seed=%d", seed).isEqualTo(this.engine.state().getOrDefault("domain.m", Map.of()));
	}

	/**
	 * What one transaction does and sees.
	 */
	private final class Recording {

		private final Random random;

		private final List<Read> reads = new ArrayList<>();

		private final Map<String, Integer> writes = new TreeMap<>();

		Recording(Random random) {
			this.random = random;
		}

		long run(TransactionContext tx) {
			for (int i = 1 + this.random.nextInt(4); i > 0; i--) {
				String key = "k" + this.random.nextInt(KEYS);
				switch (this.random.nextInt(8)) {
					case 0, 1, 2 -> read(tx, key);
					case 3, 4, 5 -> write(tx, key);
					case 6 -> remove(tx, key);
					default -> list(tx);
				}
				Thread.onSpinWait();
			}
			return tx.version();
		}

		private void read(TransactionContext tx, String key) {
			Integer value = tx.find("domain.m." + key, Integer.class).orElse(null);
			if (this.writes.containsKey(key)) {
				int own = this.writes.get(key);
				assertThat(value).as("own write").isEqualTo((own != 0) ? own : null);
			}
			else {
				this.reads.add(new Read(key, value, null));
			}
		}

		private void write(TransactionContext tx, String key) {
			int value = SerialisabilityTests.this.values.incrementAndGet();
			tx.set("domain.m." + key, value);
			this.writes.put(key, value);
		}

		private void remove(TransactionContext tx, String key) {
			tx.remove("domain.m." + key);
			this.writes.put(key, 0);
		}

		private void list(TransactionContext tx) {
			if (this.writes.isEmpty()) {
				this.reads.add(new Read("*", null, tx.keys("domain.m").stream().sorted().toList()));
			}
		}

	}

	private record Read(String key, Integer value, List<String> keys) {

	}

	private record Done(long version, boolean committed, List<Read> reads, Map<String, Integer> writes) {

	}

}
