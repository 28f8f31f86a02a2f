package io.theus.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Timeout;

/**
 * Takes a backlog through its steps, on a clock that the test moves.
 */
@Timeout(60)
abstract class BacklogSteps {

	private static final long START = Long.MAX_VALUE - 1_000;

	/** Starts where the clock overflows. */
	long nanos = START;

	/** Always in the middle, so that delays are exact. */
	private final RandomGenerator random = () -> 1L << 63;

	final Room room = new Room(10);

	private final Clock clock = Clock.fixed(Messages.TIME.plusSeconds(5), ZoneOffset.UTC);

	Backlog backlog = backlog(false, 3);

	final Map<String, Delivery> underWay = new HashMap<>();

	final Backlog backlog(boolean strict, int maxAttempts) {
		RelaySettings settings = new RelaySettings(3, 3, Duration.ofSeconds(60), Backoff.defaults(), maxAttempts,
				strict, 2);
		return new Backlog(this.room, settings, this.random, () -> this.nanos, this.clock);
	}

	final void append(OutboxMessage... messages) {
		this.room.reserve(messages.length);
		this.backlog.append(List.of(messages));
	}

	final List<String> advance() {
		Batch batch = this.backlog.advance();
		if (batch == null) {
			return List.of();
		}
		batch.deliveries.forEach((delivery) -> this.underWay.put(delivery.held.message.id(), delivery));
		return batch.messages().stream().map(OutboxMessage::id).toList();
	}

	final void succeed(String id) {
		this.underWay.remove(id).accept("done", null);
	}

	final void fail(String id, Throwable failure) {
		this.underWay.remove(id).accept(null, failure);
	}

	final OutboxStatus status() {
		return this.backlog.locked((all) -> all.status(OutboxStatus.Phase.RUNNING, false, "r"));
	}

	final int lanes() {
		return this.backlog.locked(Operations::lanes);
	}

	final List<OutboxEntry> list(int offset, int limit) {
		return this.backlog.locked((all) -> all.list(MessageFilter.all(), offset, limit));
	}

	static long millis(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

	final void commit(String... ids) {
		for (String id : ids) {
			append(Messages.message(id, "t", id.substring(0, 1)));
		}
	}

	final void refuse(String id) {
		fail(id, new IllegalStateException("refused"));
	}

	final List<String> states(MessageFilter filter) {
		return this.backlog.locked((all) -> all.list(filter, 0, 100))
			.stream()
			.map((entry) -> entry.message().id() + " " + entry.state())
			.toList();
	}

}
