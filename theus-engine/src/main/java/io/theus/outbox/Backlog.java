package io.theus.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The messages between their commit and their delivery.
 */
final class Backlog {

	/*
	 * State. Messages come in through 'arrivals', a queue of what each commit brought,
	 * and answers of relays through 'answers'. Both are lock-free, so that neither a
	 * commit nor a relay ever waits here. Everything else is the table of lanes and a few
	 * totals, guarded by 'lock', apart from 'room', which looks after itself.
	 *
	 * Who may write. Any thread adds to the two queues. Only the dispatcher takes from
	 * them, under the lock, and moves what it took into the table. Other threads hold the
	 * lock to look, or to make waiting lanes ready. Who changes anything wakes the
	 * dispatcher afterwards (Doorbell).
	 *
	 * Ordering. The queue of arrivals is filled in commit order by its callers and
	 * emptied in that order; a lane is a queue as well. A lane has at most one message
	 * out for delivery: it leaves 'ready' when its head is taken out and is put back only
	 * by the answer to that delivery, of which there is one (Delivery). The head is
	 * replaced only by a positive answer. Hence a message is sent for the first time only
	 * after the one before it in its lane was confirmed, whatever threads relays answer
	 * on.
	 *
	 * Limits. Sending a message of a lane costs a round trip of the relay before the next
	 * one of that lane. Listing holds the lock, which delays deliveries but no commit.
	 */

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition emptied = this.lock.newCondition();

	private final Queue<List<OutboxMessage>> arrivals = new ConcurrentLinkedQueue<>();

	private final Queue<Delivery> answers = new ConcurrentLinkedQueue<>();

	private final Room room;

	private final AtomicInteger drainers = new AtomicInteger();

	private final Lanes lanes = new Lanes();

	private final int maxInFlight;

	private final Backoff backoff;

	private final RandomGenerator random;

	private final LongSupplier nanoTime;

	private long sent;

	private long failedAttempts;

	private volatile @Nullable String lastError;

	private volatile boolean troubled;

	Backlog(Room room, int maxInFlight, Backoff backoff, RandomGenerator random, LongSupplier nanoTime) {
		this.room = room;
		this.maxInFlight = maxInFlight;
		this.backoff = backoff;
		this.random = random;
		this.nanoTime = nanoTime;
	}

	Room room() {
		return this.room;
	}

	void release(int count) {
		this.room.release(count);
		signalDrainers();
	}

	void append(List<OutboxMessage> messages) {
		this.room.fill(messages.size());
		this.arrivals.add(messages);
	}

	void answer(Delivery delivery) {
		this.answers.add(delivery);
	}

	/**
	 * Take in arrivals and answers, and choose what to send. For the dispatcher only.
	 * @param chosen filled with messages that are to be handed to the relay now
	 * @return how long until a retry is due, in nanoseconds, {@link Long#MAX_VALUE} if
	 * none is expected
	 */
	long advance(List<Held> chosen) {
		this.lock.lock();
		try {
			takeIn();
			long untilRetry = this.lanes.wake(this.nanoTime.getAsLong());
			while (this.lanes.sending() < this.maxInFlight) {
				Held next = this.lanes.send();
				if (next == null) {
					break;
				}
				chosen.add(next);
			}
			this.troubled = this.lanes.troubled() > 0;
			return untilRetry;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take in arrivals and answers and take back what was chosen but not handed to the
	 * relay, because the dispatcher stops.
	 * @param unsent messages that were chosen
	 */
	void stop(List<Held> unsent) {
		this.lock.lock();
		try {
			unsent.forEach(this.lanes::returned);
			takeIn();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void takeIn() {
		for (Delivery answer = this.answers.poll(); answer != null; answer = this.answers.poll()) {
			settle(answer);
		}
		for (List<OutboxMessage> batch = this.arrivals.poll(); batch != null; batch = this.arrivals.poll()) {
			batch.forEach(this.lanes::add);
		}
	}

	private void settle(Delivery answer) {
		Throwable failure = answer.failure();
		if (failure == null) {
			this.lanes.delivered(answer.held);
			this.sent++;
			this.room.deliver();
			this.emptied.signalAll();
		}
		else {
			this.failedAttempts++;
			this.lastError = describe(failure);
			long delay = this.backoff.nanos(answer.held.lane.failures + 1, this.random.nextDouble());
			this.lanes.failed(answer.held, this.lastError, this.nanoTime.getAsLong() + delay);
		}
	}

	private static String describe(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		return ((wrapped && cause != null) ? cause : failure).toString();
	}

	/**
	 * Make messages ready that wait for their retry.
	 */
	void retryNow() {
		this.lock.lock();
		try {
			this.lanes.wakeAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until no message is held.
	 * @param timeoutNanos how long to wait at most
	 * @param andNoneReserved whether to wait for commits that have reserved room, too
	 * @return how many messages are held; an interrupt ends the wait and stays set
	 */
	long awaitEmpty(long timeoutNanos, boolean andNoneReserved) {
		LongSupplier awaited = andNoneReserved ? this.room::taken : this.room::held;
		long remaining = timeoutNanos;
		this.drainers.incrementAndGet();
		this.lock.lock();
		try {
			while (awaited.getAsLong() > 0 && remaining > 0) {
				remaining = this.emptied.awaitNanos(remaining);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
			this.drainers.decrementAndGet();
		}
		return this.room.held();
	}

	// Lowers the counter first, so one of this thread and a new drainer sees the other.
	private void signalDrainers() {
		if (this.drainers.get() > 0) {
			this.lock.lock();
			try {
				this.emptied.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	boolean isTroubled() {
		return this.troubled;
	}

	@Nullable String lastError() {
		return this.lastError;
	}

	OutboxStatus status(OutboxStatus.Phase phase, @Nullable String relay, Instant now) {
		this.lock.lock();
		try {
			int sending = this.lanes.sending();
			int failed = this.lanes.waiting();
			OutboxMessage oldest = oldest();
			Duration age = (oldest != null) ? Duration.between(oldest.created(), now) : null;
			return new OutboxStatus(phase, relay, this.room.held() - sending - failed, sending, failed, this.sent,
					this.failedAttempts, age, this.lastError, this.room.limit());
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable OutboxMessage oldest() {
		Held first = this.lanes.oldest();
		if (first != null) {
			return first.message;
		}
		List<OutboxMessage> arrived = this.arrivals.peek();
		return (arrived != null) ? arrived.get(0) : null;
	}

	/**
	 * List messages in commit order.
	 * @param filter which ones
	 * @param offset how many of these to leave out
	 * @param limit how many to list at most
	 * @param now the time
	 * @return the messages
	 */
	// The sequence of those held ends with null, which is never mapped
	@SuppressWarnings("NullAway")
	List<OutboxEntry> list(Predicate<OutboxEntry> filter, int offset, int limit, Instant now) {
		this.lock.lock();
		try {
			long nanos = this.nanoTime.getAsLong();
			Stream<OutboxEntry> taken = Stream.iterate(this.lanes.oldest(), Objects::nonNull, (held) -> held.newer)
				.map((held) -> held.entry(now, nanos));
			Stream<OutboxEntry> arrived = this.arrivals.stream().flatMap(List::stream).map(OutboxEntry::pending);
			return Stream.concat(taken, arrived).filter(filter).skip(offset).limit(limit).toList();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Count messages by topic.
	 * @return the number of messages held of each topic
	 */
	SortedMap<String, Integer> countByTopic() {
		SortedMap<String, Integer> counts = new TreeMap<>();
		this.lock.lock();
		try {
			this.lanes.forEach((held) -> counts.merge(held.message.topic(), 1, Integer::sum));
			this.arrivals
				.forEach((batch) -> batch.forEach((message) -> counts.merge(message.topic(), 1, Integer::sum)));
		}
		finally {
			this.lock.unlock();
		}
		return counts;
	}

	/**
	 * Count the lanes that have a message.
	 * @return the number of lanes
	 */
	int lanes() {
		this.lock.lock();
		try {
			return this.lanes.size();
		}
		finally {
			this.lock.unlock();
		}
	}

}
