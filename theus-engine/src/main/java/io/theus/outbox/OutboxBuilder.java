package io.theus.outbox;

import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The settings of an outbox that holds messages in memory.
 *
 * @since 0.1.0
 */
public final class OutboxBuilder {

	/**
	 * How many messages are held at most unless something else is said.
	 */
	public static final long DEFAULT_MAX_PENDING = 1_000_000;

	/**
	 * How many messages are sent at the same time unless something else is said.
	 */
	public static final int DEFAULT_MAX_IN_FLIGHT = 5000;

	/**
	 * How many of the messages that are sent at the same time are of one lane at most.
	 */
	private static final int MAX_PER_LANE = 1000;

	/**
	 * After how many failures a message is dead unless something else is said.
	 */
	public static final int DEFAULT_MAX_ATTEMPTS = 10;

	/**
	 * How many messages are kept that were sent unless something else is said.
	 */
	public static final int DEFAULT_KEEP_SENT = 1000;

	private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

	private long maxPending = DEFAULT_MAX_PENDING;

	private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;

	private int maxAttempts = DEFAULT_MAX_ATTEMPTS;

	private boolean strictOrder;

	private int keepSent = DEFAULT_KEEP_SENT;

	private Duration sendTimeout = Duration.ofMinutes(3);

	private Backoff backoff = Backoff.defaults();

	private Duration drainTimeout = Duration.ofSeconds(10);

	private Clock clock = Clock.systemUTC();

	private RandomGenerator random = new SplittableRandom();

	OutboxBuilder() {
	}

	/**
	 * Set how many messages are held at most, dead ones included.
	 * @param maxPending the number of messages, at least 1
	 * @return this builder
	 */
	public OutboxBuilder maxPending(long maxPending) {
		this.maxPending = require("maxPending", maxPending, 1);
		return this;
	}

	/**
	 * Set how many messages are sent at the same time.
	 * @param maxInFlight the number of messages, at least 1
	 * @return this builder
	 */
	public OutboxBuilder maxInFlight(int maxInFlight) {
		this.maxInFlight = (int) require("maxInFlight", maxInFlight, 1);
		return this;
	}

	/**
	 * Set after how many failures a message is dead. Failures because the destination
	 * cannot be reached do not count: {@link RelayUnavailableException},
	 * {@link java.io.IOException}, {@link java.util.concurrent.TimeoutException}.
	 * @param maxAttempts the number of failures, at least 1
	 * @return this builder
	 */
	public OutboxBuilder maxAttempts(int maxAttempts) {
		this.maxAttempts = (int) require("maxAttempts", maxAttempts, 1);
		return this;
	}

	/**
	 * Set whether messages behind a dead one with the same topic and key wait until it is
	 * replayed or discarded.
	 * @param strictOrder whether they wait, which they do not unless this is set
	 * @return this builder
	 */
	public OutboxBuilder strictOrder(boolean strictOrder) {
		this.strictOrder = strictOrder;
		return this;
	}

	/**
	 * Set how many messages are kept that were sent, to look at and to be sent again.
	 * @param keepSent the number of messages, may be 0
	 * @return this builder
	 */
	public OutboxBuilder keepSent(int keepSent) {
		this.keepSent = (int) require("keepSent", keepSent, 0);
		return this;
	}

	/**
	 * Set how long a relay may take to answer. A message that is not answered by then is
	 * sent again.
	 * @param sendTimeout the time, 3 minutes unless something else is said; longer than
	 * what the relay itself waits for its destination
	 * @return this builder
	 */
	public OutboxBuilder sendTimeout(Duration sendTimeout) {
		if (sendTimeout.isNegative() || sendTimeout.isZero()) {
			throw new IllegalArgumentException("outbox setting 'sendTimeout' must be positive: sendTimeout="
					+ sendTimeout + ", say how long a relay may take");
		}
		this.sendTimeout = sendTimeout;
		return this;
	}

	/**
	 * Set how long messages wait that could not be sent.
	 * @param backoff the delays
	 * @return this builder
	 */
	public OutboxBuilder backoff(Backoff backoff) {
		this.backoff = backoff;
		return this;
	}

	/**
	 * Set how long {@link Outbox#close()} waits for deliveries at most.
	 * @param drainTimeout the time, 10 s unless something else is said
	 * @return this builder
	 */
	public OutboxBuilder drainTimeout(Duration drainTimeout) {
		this.drainTimeout = drainTimeout;
		return this;
	}

	/**
	 * Set the clock that tells the age of messages.
	 * @param clock the clock
	 * @return this builder
	 */
	public OutboxBuilder clock(Clock clock) {
		this.clock = clock;
		return this;
	}

	/**
	 * Set what makes the delays vary. It is used by one thread at a time.
	 * @param random the generator
	 * @return this builder
	 */
	public OutboxBuilder random(RandomGenerator random) {
		this.random = random;
		return this;
	}

	/**
	 * Build the outbox. It has no relay yet.
	 * @return the outbox
	 */
	public DefaultOutbox build() {
		RelaySettings settings = new RelaySettings(this.maxInFlight, Math.min(MAX_PER_LANE, this.maxInFlight),
				Duration.ofNanos(nanos(this.sendTimeout)), this.backoff, this.maxAttempts, this.strictOrder,
				this.keepSent);
		Backlog backlog = new Backlog(new Room(this.maxPending), settings, this.random, System::nanoTime, this.clock);
		return new DefaultOutbox(backlog, this.drainTimeout);
	}

	static long nanos(Duration duration) {
		return (duration.compareTo(LONGEST) < 0) ? duration.toNanos() : LONGEST.toNanos();
	}

	private static long require(String name, long value, long minimum) {
		if (value < minimum) {
			throw new IllegalArgumentException(
					"outbox setting '" + name + "' is too small: " + name + "=" + value + ", minimum=" + minimum);
		}
		return value;
	}

}
