package io.theus.outbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds messages from their commit until a relay has delivered them.
 *
 * <p>
 * A commit with messages {@linkplain #reserve reserves} room before its commit point and
 * {@linkplain #append hands over} the messages after it, in commit order; neither waits
 * for the relay. Messages with one topic and key, or with one topic and no key, form a
 * lane: a message is sent when the one before it in its lane was confirmed, and again
 * after a growing delay when sending failed; other lanes go on meanwhile. Delivery is at
 * least once, and nothing is dropped.
 *
 * <p>
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Outbox implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Outbox.class);

	private final Backlog backlog;

	private final Duration drainTimeout;

	private final Clock clock;

	private volatile @Nullable Dispatcher dispatcher;

	private volatile boolean closing;

	private volatile boolean closed;

	private Outbox(Builder builder) {
		this.backlog = new Backlog(new Room(builder.maxPending), builder.maxInFlight, builder.backoff, builder.random,
				System::nanoTime);
		this.drainTimeout = builder.drainTimeout;
		this.clock = builder.clock;
	}

	/**
	 * Start building an outbox.
	 * @return a builder with the default settings
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Start delivering to a relay. Until then messages stay {@link MessageState#PENDING}.
	 * The relay is not closed with the outbox.
	 * @param relay the relay
	 * @throws IllegalStateException if there is a relay already, or the outbox is closed
	 */
	public synchronized void start(OutboxRelay relay) {
		if (this.dispatcher != null || this.closing) {
			throw new IllegalStateException("outbox cannot start relay '" + relay.name() + "': relay=" + relayName()
					+ ", phase=" + phase() + ", start one relay once");
		}
		Dispatcher started = new Dispatcher(this.backlog, relay);
		this.dispatcher = started;
		started.start();
	}

	/**
	 * Take room for messages of a commit that is about to be made. Each reservation ends
	 * in {@link #append} or {@link #release}.
	 * @param count how many messages the commit has
	 * @throws OutboxFullException if too many messages are waiting
	 * @throws OutboxClosedException if the outbox is closing or closed
	 */
	public void reserve(int count) {
		requireCount(count);
		if (count == 0) {
			return;
		}
		Room room = this.backlog.room();
		boolean reserved = room.reserve(count);
		// After reserving, so that closing waits for this commit or this commit sees it.
		if (this.closing) {
			if (reserved) {
				this.backlog.release(count);
			}
			throw new OutboxClosedException(count);
		}
		if (!reserved) {
			throw new OutboxFullException(count, room.taken(), room.limit(), relayName());
		}
	}

	/**
	 * Give back room because the commit was refused.
	 * @param count how many messages the commit would have had
	 * @throws IllegalStateException if less room is reserved
	 */
	public void release(int count) {
		requireCount(count);
		if (count > 0) {
			this.backlog.release(count);
		}
	}

	private static void requireCount(int count) {
		if (count < 0) {
			throw new IllegalArgumentException("number of messages must not be negative: count=" + count);
		}
	}

	/**
	 * Take over the messages of a commit that was made and has reserved room for them.
	 * Calls must come in commit order and must not overlap. Takes constant time and never
	 * waits for a relay.
	 * @param messages the messages, in the order in which they were sent, each with its
	 * commit
	 * @throws IllegalStateException if less room is reserved, or a message has no commit
	 */
	public void append(List<OutboxMessage> messages) {
		if (messages.isEmpty()) {
			return;
		}
		messages.forEach(OutboxMessage::requireCommit);
		this.backlog.append(List.copyOf(messages));
		Dispatcher current = this.dispatcher;
		if (current != null) {
			current.wake();
		}
		if (this.closed) {
			logger.warn("outbox was closed before a commit under way ended, its messages are not delivered: {}",
					messages);
		}
	}

	/**
	 * Say how the outbox fares.
	 * @return the counts of this moment
	 */
	public OutboxStatus status() {
		return this.backlog.status(phase(), relayName(), this.clock.instant());
	}

	private OutboxStatus.Phase phase() {
		if (this.closed) {
			return OutboxStatus.Phase.CLOSED;
		}
		if (this.closing) {
			return OutboxStatus.Phase.CLOSING;
		}
		return (this.dispatcher != null) ? OutboxStatus.Phase.RUNNING : OutboxStatus.Phase.NO_RELAY;
	}

	private @Nullable String relayName() {
		Dispatcher current = this.dispatcher;
		return (current != null) ? current.relayName() : null;
	}

	/**
	 * List messages that are held, in commit order. Takes time in proportion to the
	 * backlog, during which nothing is sent; commits go on.
	 * @param state only messages in this state, {@code null} for all; none are listed as
	 * {@link MessageState#SENT}
	 * @param topic only messages to this topic, {@code null} for all
	 * @param offset how many of these to leave out
	 * @param limit how many to list at most
	 * @return the messages
	 */
	public List<OutboxEntry> messages(@Nullable MessageState state, @Nullable String topic, int offset, int limit) {
		Predicate<OutboxEntry> filter = (entry) -> (state == null || entry.state() == state)
				&& (topic == null || entry.message().topic().equals(topic));
		return this.backlog.list(filter, offset, limit, this.clock.instant());
	}

	/**
	 * Wait until everything is delivered. Messages that wait for a retry are sent at
	 * once. Returns early if there is no relay, or when the thread is interrupted, which
	 * stays set. Relays must not call this method.
	 * @param timeout how long to wait at most
	 * @return how many messages are left
	 */
	public long drain(Duration timeout) {
		return drain(timeout, false);
	}

	private long drain(Duration timeout, boolean andCommitsUnderWay) {
		Dispatcher current = this.dispatcher;
		if (current == null || this.closed) {
			return this.backlog.room().held();
		}
		this.backlog.retryNow();
		current.wake();
		long nanos = (timeout.compareTo(Builder.LONGEST) < 0) ? timeout.toNanos() : Long.MAX_VALUE;
		return this.backlog.awaitEmpty(nanos, andCommitsUnderWay);
	}

	/**
	 * Close with the drain timeout of the settings, see {@link #close(Duration)}.
	 */
	@Override
	public void close() {
		close(this.drainTimeout);
	}

	/**
	 * Refuse further commits with messages, wait until everything is delivered, then
	 * stop. What is left is reported in the log. A message that the relay has not
	 * answered yet counts as left although it may arrive. Closing twice has no effect.
	 * @param timeout how long to wait for deliveries at most
	 * @return how many messages are left
	 */
	public synchronized long close(Duration timeout) {
		if (!this.closing) {
			this.closing = true;
			drain(timeout, true);
			Dispatcher current = this.dispatcher;
			if (current != null) {
				current.stop();
			}
			this.closed = true;
			reportLeft();
		}
		return this.backlog.room().held();
	}

	private void reportLeft() {
		OutboxStatus status = status();
		if (status.held() > 0) {
			logger.warn(
					"outbox closed with undelivered messages: left={}, topics={}, relay={}, lastError={}; "
							+ "they are lost unless the store is durable",
					status.held(), this.backlog.countByTopic(), status.relay(), status.lastError());
		}
	}

	/**
	 * Count the lanes that have a message.
	 * @return the number of lanes
	 */
	int lanes() {
		return this.backlog.lanes();
	}

	/**
	 * The settings of an outbox.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		/**
		 * How many messages are held at most unless something else is said.
		 */
		public static final long DEFAULT_MAX_PENDING = 1_000_000;

		/**
		 * How many messages are sent at the same time unless something else is said.
		 */
		public static final int DEFAULT_MAX_IN_FLIGHT = 1000;

		private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

		private long maxPending = DEFAULT_MAX_PENDING;

		private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;

		private Backoff backoff = Backoff.defaults();

		private Duration drainTimeout = Duration.ofSeconds(10);

		private Clock clock = Clock.systemUTC();

		private RandomGenerator random = new SplittableRandom();

		private Builder() {
		}

		/**
		 * Set how many messages are held at most.
		 * @param maxPending the number of messages, at least 1
		 * @return this builder
		 */
		public Builder maxPending(long maxPending) {
			this.maxPending = requirePositive("maxPending", maxPending);
			return this;
		}

		/**
		 * Set how many messages are sent at the same time.
		 * @param maxInFlight the number of messages, at least 1
		 * @return this builder
		 */
		public Builder maxInFlight(int maxInFlight) {
			this.maxInFlight = (int) requirePositive("maxInFlight", maxInFlight);
			return this;
		}

		/**
		 * Set how long messages wait that could not be sent.
		 * @param backoff the delays
		 * @return this builder
		 */
		public Builder backoff(Backoff backoff) {
			this.backoff = backoff;
			return this;
		}

		/**
		 * Set how long {@link Outbox#close()} waits for deliveries at most.
		 * @param drainTimeout the time, 10 s unless something else is said
		 * @return this builder
		 */
		public Builder drainTimeout(Duration drainTimeout) {
			this.drainTimeout = drainTimeout;
			return this;
		}

		/**
		 * Set the clock that tells the age of messages.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Set what makes the delays vary. It is used by one thread at a time.
		 * @param random the generator
		 * @return this builder
		 */
		public Builder random(RandomGenerator random) {
			this.random = random;
			return this;
		}

		/**
		 * Build the outbox. It has no relay yet.
		 * @return the outbox
		 */
		public Outbox build() {
			return new Outbox(this);
		}

		private static long requirePositive(String name, long value) {
			if (value < 1) {
				throw new IllegalArgumentException(
						"outbox setting '" + name + "' must be positive: " + name + "=" + value + ", minimum=1");
			}
			return value;
		}

	}

}
