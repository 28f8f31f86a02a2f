package io.theus.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Committers, observers and a relay that fails at random against each other.
 */
@Timeout(120)
class OutboxOrderTests {

	private static final int COMMITTERS = 3;

	private static final int COMMITS = 300;

	private static final int MAX_PENDING = 20_000;

	private final Logger logger = (Logger) LoggerFactory.getLogger(Dispatcher.class);

	private final ScheduledExecutorService relayThreads = Executors.newScheduledThreadPool(4);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Map<Lane.Id, List<String>> committed = new HashMap<>();

	private long version;

	@BeforeEach
	void silenceFailures() {
		this.logger.setLevel(Level.OFF);
	}

	@AfterEach
	void stopThreads() {
		this.logger.setLevel(null);
		this.relayThreads.shutdownNow();
		this.threads.shutdownNow();
	}

	@RepeatedTest(8)
	void firstDeliveriesOfALaneHappenInCommitOrderAndNothingIsLost() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		DefaultOutbox outbox = Outbox.builder()
			.maxPending(MAX_PENDING)
			.maxInFlight(1 + random.nextInt(20))
			.backoff(new Backoff(Duration.ofNanos(20_000), 1.5, Duration.ofMillis(1)))
			.maxAttempts(Integer.MAX_VALUE)
			.random(new Random(seed))
			.build();
		UnreliableRelay relay = new UnreliableRelay(new Random(seed), this.relayThreads);
		List<Future<?>> running = new ArrayList<>();
		for (int i = 0; i < COMMITTERS; i++) {
			Random own = new Random(seed + i);
			running.add(this.threads.submit(() -> commitAll(outbox, own)));
		}
		AtomicBoolean done = new AtomicBoolean();
		Future<?> observer = this.threads.submit(() -> observe(outbox, done));
		outbox.start(relay);
		for (Future<?> committer : running) {
			committer.get();
		}
		assertThat(outbox.drain(Duration.ofSeconds(30))).as("left, seed %s", seed).isZero();
		done.set(true);
		observer.get();
		assertThat(relay.faults()).as("seed %s", seed).isEmpty();
		assertThat(relay.firstDeliveries()).as("seed %s", seed).isEqualTo(this.committed);
		OutboxStatus status = outbox.status();
		assertThat(status.held()).isZero();
		assertThat(status.sent()).as("seed %s", seed).isEqualTo(total());
		assertThat(status.failedAttempts()).as("seed %s", seed).isEqualTo(relay.failures()).isPositive();
		assertThat(outbox.lanes()).isZero();
		outbox.reserve(MAX_PENDING);
		outbox.release(MAX_PENDING);
		assertThat(outbox.close(Duration.ofSeconds(1))).isZero();
	}

	@Test
	void hundredThousandMessagesOnTenThousandKeysAreDeliveredInOrder() {
		DefaultOutbox outbox = Outbox.builder().build();
		Map<String, Long> next = new HashMap<>();
		List<String> faults = new ArrayList<>();
		outbox.start(new OutboxRelay() {

			@Override
			public String name() {
				return "immediate";
			}

			@Override
			public CompletableFuture<Object> send(OutboxMessage message) {
				long expected = next.merge(message.key(), 1L, Long::sum);
				if (message.commitVersion() != expected) {
					faults.add(message.toString());
				}
				return CompletableFuture.completedFuture(null);
			}

		});
		for (int round = 1; round <= 10; round++) {
			for (int key = 0; key < 10_000; key++) {
				outbox.reserve(1);
				outbox.append(List.of(Messages.message("m", "t", "k" + key).withCommit(round, Messages.TIME)));
			}
		}
		assertThat(outbox.drain(Duration.ofSeconds(60))).isZero();
		assertThat(faults).isEmpty();
		assertThat(outbox.status().sent()).isEqualTo(100_000);
		assertThat(outbox.lanes()).isZero();
		outbox.close();
	}

	private void commitAll(DefaultOutbox outbox, Random random) {
		for (int i = 0; i < COMMITS; i++) {
			int count = random.nextInt(5);
			outbox.reserve(count);
			if (random.nextInt(10) == 0) {
				outbox.release(count);
			}
			else {
				commit(outbox, count, random);
			}
		}
	}

	private synchronized void commit(DefaultOutbox outbox, int count, Random random) {
		this.version++;
		List<OutboxMessage> messages = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String topic = "t" + random.nextInt(2);
			int key = random.nextInt(8);
			OutboxMessage message = Messages.message("m-" + this.version + "-" + i, topic,
					(key > 0) ? "k" + key : null);
			messages.add(message.withCommit(this.version, Messages.TIME));
			this.committed.computeIfAbsent(Lane.Id.of(message), (id) -> new ArrayList<>()).add(message.id());
		}
		outbox.append(messages);
	}

	private static void observe(DefaultOutbox outbox, AtomicBoolean done) {
		while (!done.get()) {
			OutboxStatus status = outbox.status();
			assertThat(status.pending()).isNotNegative();
			outbox.messages(MessageFilter.in(MessageState.FAILED), 0, 3)
				.forEach((entry) -> assertThat(entry.attempts()).isPositive());
			outbox.drain(Duration.ofNanos(TimeUnit.MILLISECONDS.toNanos(2)));
		}
	}

	private long total() {
		return this.committed.values().stream().mapToLong(List::size).sum();
	}

}
