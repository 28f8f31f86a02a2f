package io.theus.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Committers, operators and a relay that does everything it may against each other: each
 * message arrives, or was discarded, or is dead and listed; the order of each lane is
 * kept; the limit is exact; nothing is on its way for ever.
 */
@Timeout(120)
class OutboxChaosTests {

	private static final int COMMITTERS = 3;

	private static final int COMMITS = 400;

	private static final int MAX_PENDING = 500;

	private static final int KEYS = 5;

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.theus.outbox");

	private final ScheduledExecutorService relayThreads = Executors.newScheduledThreadPool(3);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Map<Lane.Id, List<String>> committed = new HashMap<>();

	private final Set<String> everRefused = new HashSet<>();

	private final AtomicBoolean done = new AtomicBoolean();

	private final AtomicLong replayedSent = new AtomicLong();

	private long version;

	@BeforeEach
	void silence() {
		this.logger.setLevel(Level.OFF);
	}

	@AfterEach
	void stopThreads() {
		this.logger.setLevel(null);
		this.relayThreads.shutdownNow();
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@CsvSource({ "true, false, 1", "true, false, 2", "true, true, 3", "true, true, 4", "false, false, 5",
			"false, true, 6", "true, false, 7", "true, true, 8" })
	void whateverHappensNothingIsLostAndOrderIsKept(boolean keepsOrder, boolean strict, long number) throws Exception {
		long seed = System.nanoTime() + number;
		DefaultOutbox outbox = Outbox.builder()
			.maxPending(MAX_PENDING)
			.maxInFlight(60)
			.maxAttempts(2)
			.strictOrder(strict)
			.keepSent(30)
			.sendTimeout(Duration.ofMillis(20))
			.backoff(new Backoff(Duration.ofNanos(20_000), 1.5, Duration.ofMillis(1)))
			.random(new Random(seed))
			.build();
		ChaoticRelay relay = new ChaoticRelay(new Random(seed), this.relayThreads, keepsOrder);
		List<Future<?>> committers = new ArrayList<>();
		for (int i = 0; i < COMMITTERS; i++) {
			Random own = new Random(seed + i);
			committers.add(this.threads.submit(() -> commitAll(outbox, relay, own)));
		}
		Future<?> operator = this.threads.submit(() -> operate(outbox, relay, new Random(seed - 1)));
		outbox.start(relay);
		for (Future<?> committer : committers) {
			committer.get();
		}
		this.done.set(true);
		operator.get();
		outbox.resume();
		relay.heal();
		assertThat(outbox.drain(Duration.ofSeconds(60))).as("only what is dead, or behind it, is left, seed %s", seed)
			.isEqualTo(outbox.status().dead() + outbox.status().blocked());
		check(outbox, relay, strict, seed);
		if (keepsOrder) {
			assertThat(relay.longest()).as("many of a lane at once, seed %s", seed).isGreaterThan(5);
		}
		this.relayThreads.shutdown();
		assertThat(this.relayThreads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		checkOrder(outbox, relay, strict, seed);
		checkRoom(outbox);
		outbox.close();
	}

	private void commitAll(DefaultOutbox outbox, ChaoticRelay relay, Random random) {
		for (int i = 0; i < COMMITS; i++) {
			int count = 1 + random.nextInt(5);
			Awaitility.await()
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(1))
				.atMost(Duration.ofSeconds(60))
				.until(() -> reserve(outbox, count));
			if (random.nextInt(20) == 0) {
				outbox.release(count);
			}
			else {
				commit(outbox, relay, count, random);
			}
		}
	}

	private static boolean reserve(DefaultOutbox outbox, int count) {
		try {
			outbox.reserve(count);
			return true;
		}
		catch (OutboxFullException ex) {
			return false;
		}
	}

	private synchronized void commit(DefaultOutbox outbox, ChaoticRelay relay, int count, Random random) {
		this.version++;
		List<OutboxMessage> messages = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int key = random.nextInt(KEYS);
			OutboxMessage message = Messages.message("m-" + this.version + "-" + i, "t", (key > 0) ? "k" + key : null);
			messages.add(message.withCommit(this.version, Messages.TIME));
			this.committed.computeIfAbsent(Lane.Id.of(message), (id) -> new ArrayList<>()).add(message.id());
			if (random.nextInt(60) == 0) {
				relay.refused.add(message.id());
				this.everRefused.add(message.id());
			}
		}
		outbox.append(messages);
	}

	// Also sees to it that dead messages do not fill the outbox
	private void operate(DefaultOutbox outbox, ChaoticRelay relay, Random random) {
		while (!this.done.get()) {
			switch (random.nextInt(8)) {
				case 0 -> {
					outbox.pause();
					assertThat(outbox.drain(Duration.ofNanos(100_000))).isNotNegative();
					outbox.resume();
				}
				case 1 -> onAny(outbox, random, (id) -> outbox.discard(id, "chaos"));
				case 2 -> onAny(outbox, random, (id) -> replay(outbox, id));
				case 3 -> {
					relay.refused.removeIf((id) -> random.nextBoolean());
					outbox.replay(MessageFilter.in(MessageState.DEAD).withKey("k" + random.nextInt(KEYS)));
				}
				case 4 -> replaySent(outbox);
				case 5 ->
					outbox.discard(MessageFilter.in(MessageState.DEAD).withKey("k" + random.nextInt(KEYS)), "gone");
				default -> {
					OutboxStatus status = outbox.status();
					assertThat(status.held()).isLessThanOrEqualTo(MAX_PENDING);
					assertThat(status.pending()).isNotNegative();
					assertThat(status.blocked()).isBetween(0L, status.pending());
					outbox.drain(Duration.ofNanos(500_000));
				}
			}
		}
	}

	private static void onAny(DefaultOutbox outbox, Random random, java.util.function.Consumer<String> action) {
		List<OutboxEntry> some = outbox.messages(MessageFilter.all(), random.nextInt(20), 1);
		try {
			some.forEach((entry) -> action.accept(entry.message().id()));
		}
		catch (MessageStateException | MessageNotFoundException ex) {
			assertThat(ex).hasMessageContaining("message 'm-");
		}
	}

	private void replay(DefaultOutbox outbox, String id) {
		if (outbox.message(id).filter((entry) -> entry.state() == MessageState.DEAD).isPresent()) {
			outbox.replay(id);
		}
	}

	private void replaySent(DefaultOutbox outbox) {
		try {
			this.replayedSent.addAndGet(outbox.replay(MessageFilter.in(MessageState.SENT)));
		}
		catch (OutboxFullException ex) {
			assertThat(ex.limit()).isEqualTo(MAX_PENDING);
		}
	}

	private void check(DefaultOutbox outbox, ChaoticRelay relay, boolean strict, long seed) {
		OutboxStatus status = outbox.status();
		assertThat(status.sending()).as("seed %s", seed).isZero();
		assertThat(status.failed()).isZero();
		assertThat(status.pending()).isEqualTo(status.blocked());
		assertThat(strict || status.blocked() == 0).isTrue();
		Set<String> listed = new HashSet<>();
		outbox.messages(MessageFilter.all(), 0, MAX_PENDING).forEach((entry) -> listed.add(entry.message().id()));
		Set<String> discarded = discarded(outbox);
		for (List<String> lane : this.committed.values()) {
			for (String id : lane) {
				assertThat(relay.hasArrived(id) || discarded.contains(id) || listed.contains(id))
					.as("%s is accounted for, seed %s", id, seed)
					.isTrue();
			}
		}
		assertThat(status.sent() + status.held() + status.discarded()).as("seed %s", seed)
			.isEqualTo(total() + this.replayedSent.get());
		assertThat(status.failedAttempts()).isPositive();
	}

	private static Set<String> discarded(DefaultOutbox outbox) {
		Set<String> discarded = new HashSet<>();
		outbox.messages(MessageFilter.in(MessageState.DISCARDED), 0, Integer.MAX_VALUE)
			.forEach((entry) -> discarded.add(entry.message().id()));
		assertThat(outbox.status().discarded()).as("all are remembered").isEqualTo(discarded.size());
		return discarded;
	}

	// What was discarded may arrive late; what was dead does, unless the order is strict
	private void checkOrder(DefaultOutbox outbox, ChaoticRelay relay, boolean strict, long seed) {
		Set<String> exempt = discarded(outbox);
		if (!strict) {
			exempt.addAll(this.everRefused);
		}
		this.committed.forEach((lane, ids) -> {
			List<String> expected = new ArrayList<>(ids);
			List<String> arrived = new ArrayList<>(relay.arrivals(lane));
			expected.removeIf((id) -> exempt.contains(id) || !relay.hasArrived(id));
			arrived.removeAll(exempt);
			assertThat(arrived).as("first arrivals of %s, seed %s", lane, seed).isEqualTo(expected);
		});
	}

	private void checkRoom(DefaultOutbox outbox) {
		int left = (int) (MAX_PENDING - outbox.status().held());
		outbox.reserve(left);
		assertThatExceptionOfType(OutboxFullException.class).isThrownBy(() -> outbox.reserve(1));
		outbox.release(left);
	}

	private long total() {
		return this.committed.values().stream().mapToLong(List::size).sum();
	}

}
