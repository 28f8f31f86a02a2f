package io.theus.internal.ring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
class BroadcastRingTests {

	private final List<Long> missed = new ArrayList<>();

	@Test
	void publishReturnsDenseNumbersFromZero() {
		BroadcastRing<String> ring = new BroadcastRing<>(2);
		assertThat(ring.publish("a")).isZero();
		assertThat(ring.publish("b")).isEqualTo(1);
		assertThat(ring.publish("c")).isEqualTo(2);
		assertThat(ring.total()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 1000 })
	void capacityIsExact(int capacity) {
		BroadcastRing<Integer> ring = new BroadcastRing<>(capacity);
		Cursor<Integer> reader = ring.cursor(this.missed::add);
		publish(ring, 0, capacity);
		assertThat(ring.list()).containsExactlyElementsOf(numbers(0, capacity));
		assertThat(drain(reader)).containsExactlyElementsOf(numbers(0, capacity));
		assertThat(this.missed).isEmpty();
		publish(ring, capacity, 2 * capacity + 1);
		assertThat(ring.list()).containsExactlyElementsOf(numbers(capacity + 1, 2 * capacity + 1));
		assertThat(drain(reader)).containsExactlyElementsOf(numbers(capacity + 1, 2 * capacity + 1));
		assertThat(this.missed).containsExactly(1L);
	}

	@Test
	void capacityBelowOneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BroadcastRing<>(0))
			.withMessage("ring needs room for an entry: capacity=0, minimum=1");
	}

	@Test
	void cursorSeesWhatIsPublishedAfterIt() {
		BroadcastRing<Integer> ring = new BroadcastRing<>(4);
		publish(ring, 0, 2);
		Cursor<Integer> reader = ring.cursor(this.missed::add);
		assertThat(reader.poll()).isNull();
		publish(ring, 2, 4);
		assertThat(drain(reader)).containsExactly(2, 3);
	}

	@Test
	void lagIsReportedOnceThenReadingGoesOnAtTheOldest() {
		BroadcastRing<Integer> ring = new BroadcastRing<>(4);
		Cursor<Integer> reader = ring.cursor(this.missed::add);
		publish(ring, 0, 1);
		assertThat(reader.poll()).isZero();
		publish(ring, 1, 15);
		assertThat(drain(reader)).containsExactly(11, 12, 13, 14);
		assertThat(this.missed).containsExactly(10L);
	}

	@Test
	void lagListenerMayThrowAndReadingGoesOn() {
		BroadcastRing<Integer> ring = new BroadcastRing<>(2);
		Cursor<Integer> reader = ring.cursor((count) -> {
			throw new IllegalStateException("missed " + count);
		});
		publish(ring, 0, 5);
		assertThatIllegalStateException().isThrownBy(reader::poll).withMessage("missed 3");
		assertThat(drain(reader)).containsExactly(3, 4);
	}

	@Test
	void pollThatTimesOutLeavesNoWaiterBehind() {
		BroadcastRing<Integer> ring = new BroadcastRing<>(2);
		Cursor<Integer> reader = ring.cursor(this.missed::add);
		assertThat(pollFor(reader, Duration.ofMillis(1))).isNull();
		assertThat(pollFor(reader, Duration.ofMillis(1))).isNull();
		assertThat(ring.waiting()).isZero();
	}

	@Test
	void threadsThatShareACursorCompete() {
		BroadcastRing<Integer> ring = new BroadcastRing<>(8);
		Cursor<Integer> shared = ring.cursor(this.missed::add);
		Cursor<Integer> other = ring.cursor(this.missed::add);
		publish(ring, 0, 2);
		assertThat(shared.poll()).isZero();
		assertThat(shared.poll()).isEqualTo(1);
		assertThat(shared.poll()).isNull();
		assertThat(drain(other)).containsExactly(0, 1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 9 })
	void closedRingRefusesEntriesAndLosesNone(int published) {
		BroadcastRing<Integer> ring = new BroadcastRing<>(3);
		Cursor<Integer> reader = ring.cursor(this.missed::add);
		publish(ring, 0, published);
		assertThat(ring.isClosed()).isFalse();
		ring.close();
		ring.close();
		assertThat(ring.isClosed()).isTrue();
		assertThat(ring.publish(99)).isEqualTo(BroadcastRing.CLOSED);
		assertThat(ring.total()).isEqualTo(published);
		int oldest = Math.max(0, published - 3);
		assertThat(ring.list()).containsExactlyElementsOf(numbers(oldest, published));
		assertThat(reader.isExhausted()).isEqualTo(published == 0);
		assertThat(drain(reader)).containsExactlyElementsOf(numbers(oldest, published));
		assertThat(reader.isExhausted()).isTrue();
		assertThat(ring.cursor(this.missed::add).isExhausted()).isTrue();
		assertThat(this.missed).containsExactlyElementsOf((oldest == 0) ? List.of() : List.of((long) oldest));
	}

	@Test
	void waitingReaderIsWokenByAnEntry() throws Exception {
		BroadcastRing<Integer> ring = new BroadcastRing<>(3);
		Cursor<Integer> reader = ring.cursor(this.missed::add);
		CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> pollFor(reader, Duration.ofMinutes(1)));
		awaitWaiting(ring, 1);
		publish(ring, 7, 8);
		assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(7);
		assertThat(ring.waiting()).isZero();
	}

	@Test
	void allReadersThatWaitAreWokenByOneEntry() throws Exception {
		BroadcastRing<Integer> ring = new BroadcastRing<>(3);
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<Future<Integer>> reads = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				Cursor<Integer> reader = ring.cursor(this.missed::add);
				reads.add(threads.submit(() -> pollFor(reader, Duration.ofMinutes(1))));
			}
			awaitWaiting(ring, 3);
			publish(ring, 7, 8);
			for (Future<Integer> read : reads) {
				assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(7);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void readerWokenForNothingWaitsAgain() throws Exception {
		BroadcastRing<Integer> ring = new BroadcastRing<>(3);
		Cursor<Integer> reader = ring.cursor(this.missed::add);
		CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> pollFor(reader, Duration.ofMinutes(1)));
		awaitWaiting(ring, 1);
		ring.cursor(this.missed::add).close();
		awaitWaiting(ring, 1);
		publish(ring, 7, 8);
		assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(7);
	}

	@Test
	void waitingReadersAreWokenByTheEnd() throws Exception {
		BroadcastRing<Integer> ring = new BroadcastRing<>(3);
		Cursor<Integer> first = ring.cursor(this.missed::add);
		Cursor<Integer> second = ring.cursor(this.missed::add);
		CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> pollFor(first, Duration.ofMinutes(1)));
		awaitWaiting(ring, 1);
		first.close();
		assertThat(one.get(30, TimeUnit.SECONDS)).isNull();
		CompletableFuture<Integer> two = CompletableFuture.supplyAsync(() -> pollFor(second, Duration.ofMinutes(1)));
		awaitWaiting(ring, 1);
		ring.close();
		assertThat(two.get(30, TimeUnit.SECONDS)).isNull();
		assertThat(ring.waiting()).isZero();
	}

	@Test
	void closedCursorReturnsNothingMore() {
		BroadcastRing<Integer> ring = new BroadcastRing<>(3);
		Cursor<Integer> reader = ring.cursor(this.missed::add);
		publish(ring, 0, 2);
		assertThat(reader.isExhausted()).isFalse();
		reader.close();
		assertThat(reader.poll()).isNull();
		assertThat(reader.isExhausted()).isTrue();
	}

	@Test
	void finishedReaderMissesOnlyWhatWasPublishedBefore() {
		BroadcastRing<Integer> ring = new BroadcastRing<>(2);
		Cursor<Integer> reader = ring.cursor(this.missed::add);
		publish(ring, 0, 3);
		reader.finish();
		publish(ring, 3, 10);
		assertThat(reader.poll()).isNull();
		assertThat(reader.isExhausted()).isTrue();
		assertThat(this.missed).containsExactly(3L);
		assertThat(ring.missed()).isEqualTo(3);
	}

	@Test
	void interruptedWaitThrowsAndLeavesNoWaiterBehind() {
		BroadcastRing<Integer> ring = new BroadcastRing<>(3);
		Cursor<Integer> reader = ring.cursor(this.missed::add);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> reader.poll(Long.MAX_VALUE));
		assertThat(ring.waiting()).isZero();
	}

	static <T> void awaitWaiting(BroadcastRing<T> ring, int readers) {
		Awaitility.await().until(() -> ring.waiting() == readers);
	}

	private static <T> T pollFor(Cursor<T> reader, Duration timeout) {
		try {
			return reader.poll(timeout.toNanos());
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void publish(BroadcastRing<Integer> ring, int from, int to) {
		numbers(from, to).forEach(ring::publish);
	}

	private static List<Integer> numbers(int from, int to) {
		return IntStream.range(from, to).boxed().toList();
	}

	private static <T> List<T> drain(Cursor<T> reader) {
		List<T> values = new ArrayList<>();
		for (T value = reader.poll(); value != null; value = reader.poll()) {
			values.add(value);
		}
		return values;
	}

}
