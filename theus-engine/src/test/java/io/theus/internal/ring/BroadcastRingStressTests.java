package io.theus.internal.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads against each other. A value is {@code publisher << 32 | count}, so that a
 * reader can check the order of each publisher.
 */
@Timeout(120)
class BroadcastRingStressTests {

	private static final int PUBLISHERS = 4;

	private static final int PER_PUBLISHER = 100_000;

	private static final long TOTAL = (long) PUBLISHERS * PER_PUBLISHER;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Future<?>> started = new ArrayList<>();

	@AfterEach
	void stopThreads() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 64 })
	void eachReaderSeesOrMissesEachEntryInOrder(int capacity) throws Exception {
		BroadcastRing<Long> ring = new BroadcastRing<>(capacity);
		AtomicLong missedByAll = new AtomicLong();
		for (int i = 0; i < 3; i++) {
			AtomicLong missed = new AtomicLong();
			Cursor<Long> reader = ring.cursor(missed::addAndGet);
			start(() -> {
				assertThat(readToEnd(reader) + missed.get()).isEqualTo(TOTAL);
				return missedByAll.addAndGet(missed.get());
			});
		}
		publishAndClose(ring);
		awaitStarted();
		assertThat(ring.total()).isEqualTo(TOTAL);
		assertThat(ring.missed()).isEqualTo(missedByAll.get());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 64 })
	void readersThatShareACursorSeeNothingTwice(int capacity) throws Exception {
		BroadcastRing<Long> ring = new BroadcastRing<>(capacity);
		AtomicLong missed = new AtomicLong();
		AtomicLong read = new AtomicLong();
		Cursor<Long> shared = ring.cursor(missed::addAndGet);
		for (int i = 0; i < 3; i++) {
			start(() -> read.addAndGet(readToEnd(shared)));
		}
		publishAndClose(ring);
		awaitStarted();
		assertThat(read.get() + missed.get()).isEqualTo(TOTAL);
		assertThat(ring.missed()).as("counted by the thread that reports it").isEqualTo(missed.get());
	}

	@Test
	void readersThatKeepUpMissNothingAndAreAlwaysWoken() throws Exception {
		BroadcastRing<Long> ping = new BroadcastRing<>(1);
		BroadcastRing<Long> pong = new BroadcastRing<>(1);
		AtomicLong missed = new AtomicLong();
		Cursor<Long> pings = ping.cursor(missed::addAndGet);
		Cursor<Long> pongs = pong.cursor(missed::addAndGet);
		long rounds = 50_000;
		start(() -> {
			for (long i = 0; i < rounds; i++) {
				assertThat(pings.poll(Long.MAX_VALUE)).isEqualTo(i);
				pong.publish(i);
			}
			return rounds;
		});
		for (long i = 0; i < rounds; i++) {
			ping.publish(i);
			assertThat(pongs.poll(TimeUnit.SECONDS.toNanos(30))).as("answer to round %s", i).isEqualTo(i);
		}
		awaitStarted();
		assertThat(missed).hasValue(0);
	}

	@Test
	void readersThatGiveUpNeverTakeOthersWithThem() throws Exception {
		BroadcastRing<Long> ring = new BroadcastRing<>(16);
		AtomicBoolean done = new AtomicBoolean();
		for (int i = 0; i < 3; i++) {
			Cursor<Long> impatient = ring.cursor((count) -> {
			});
			start(() -> {
				while (!done.get()) {
					impatient.poll(20_000);
				}
				return impatient;
			});
		}
		Cursor<Long> patient = ring.cursor((count) -> {
		});
		BroadcastRing<Long> answers = new BroadcastRing<>(1);
		Cursor<Long> answered = answers.cursor((count) -> {
		});
		start(() -> {
			for (Long value = patient.poll(Long.MAX_VALUE); value != null; value = patient.poll(Long.MAX_VALUE)) {
				answers.publish(value);
			}
			return patient;
		});
		for (long i = 0; i < 20_000; i++) {
			ring.publish(i);
			assertThat(answered.poll(TimeUnit.SECONDS.toNanos(30))).as("answer to round %s", i).isEqualTo(i);
		}
		done.set(true);
		ring.close();
		awaitStarted();
		assertThat(ring.waiting()).isZero();
	}

	@Test
	void listIsAlwaysARunWithoutGapThatEndsAtOrAfterTheTotalSeenBefore() throws Exception {
		BroadcastRing<Long> ring = new BroadcastRing<>(32);
		AtomicBoolean done = new AtomicBoolean();
		start(() -> {
			for (long i = 0; i < TOTAL; i++) {
				ring.publish(i);
			}
			done.set(true);
			return ring;
		});
		while (!done.get()) {
			long before = ring.total();
			List<Long> values = ring.list();
			assertThat(values).hasSizeLessThanOrEqualTo(32);
			for (int i = 1; i < values.size(); i++) {
				assertThat(values.get(i)).isEqualTo(values.get(i - 1) + 1);
			}
			if (!values.isEmpty()) {
				assertThat(values.get(values.size() - 1)).isGreaterThanOrEqualTo(before - 1);
			}
		}
		awaitStarted();
		assertThat(ring.list()).hasSize(32);
	}

	private void publishAndClose(BroadcastRing<Long> ring) throws Exception {
		List<Future<?>> publishers = new ArrayList<>();
		for (long publisher = 0; publisher < PUBLISHERS; publisher++) {
			long mark = publisher << 32;
			publishers.add(this.threads.submit(() -> {
				long last = -1;
				for (int i = 0; i < PER_PUBLISHER; i++) {
					long sequence = ring.publish(mark | i);
					assertThat(sequence).isGreaterThan(last);
					last = sequence;
				}
			}));
		}
		for (Future<?> publisher : publishers) {
			publisher.get();
		}
		ring.close();
	}

	private static long readToEnd(Cursor<Long> reader) throws InterruptedException {
		long[] last = { -1, -1, -1, -1 };
		long count = 0;
		for (Long value = reader.poll(Long.MAX_VALUE); value != null; value = reader.poll(Long.MAX_VALUE)) {
			int publisher = (int) (value >> 32);
			long number = value & 0xFFFF_FFFFL;
			assertThat(number).isGreaterThan(last[publisher]);
			last[publisher] = number;
			count++;
		}
		assertThat(reader.isExhausted()).isTrue();
		return count;
	}

	private void start(Callable<?> task) {
		this.started.add(this.threads.submit(task));
	}

	private void awaitStarted() throws Exception {
		for (Future<?> future : this.started) {
			future.get(60, TimeUnit.SECONDS);
		}
	}

}
