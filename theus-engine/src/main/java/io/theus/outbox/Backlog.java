package io.theus.outbox;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The messages between their commit and their delivery.
 */
final class Backlog {

	/*
	 * State. Messages come in through 'arrivals', a queue of what each commit brought,
	 * and answers of relays through 'answers'. Both are lock-free, so that neither a
	 * commit nor a relay ever waits here. Everything else is guarded by 'lock', apart
	 * from 'room', which looks after itself, and from flags that stand alone.
	 *
	 * Who may write. Any thread adds to the two queues. Whoever holds the lock takes from
	 * them, all there is, before it does anything else. Who changes anything wakes the
	 * dispatcher afterwards (Doorbell); an answer does so after it is in its queue.
	 *
	 * Order. The queue of arrivals is filled in commit order by its callers and emptied
	 * in that order under the lock; a lane is a queue as well. A lane is out for delivery
	 * at most once: it leaves the ready ones when its first messages are chosen, and
	 * comes back when each of them has been answered, of which there is one answer each
	 * (Delivery). Then all that were not confirmed are at its head again in their order.
	 * How many messages are chosen:
	 *
	 * - One, for any relay. Hence a message is handed over for the first time only after
	 * the one before it in its lane was confirmed, whatever threads relays answer on.
	 *
	 * - Several, for a relay that promises that what arrives of a lane in a batch is a
	 * beginning of it, at any time (OutboxRelay.keepsOrder). Claim: first arrivals happen
	 * in commit order. Let P be what has arrived of the lane and assume it is a beginning
	 * of the lane. A batch starts at the first message that was not confirmed; all before
	 * it were confirmed, so they are in P. Whatever arrives of this batch, now or when an
	 * old connection wakes up hours after its answer, arrives behind those before it in
	 * the batch, and those before the batch are in P. So its arrival either repeats
	 * something in P or continues P: P stays a beginning. It does not matter how many
	 * batches of the lane are on their way at once for that reason, nor whether failure
	 * was reported of something that arrived.
	 *
	 * That promise cannot be checked, but a relay that confirms a message although it has
	 * failed one before it in the same batch has broken it: it is reported, and is given
	 * one message of a lane at a time from then on. After a failure the message at the
	 * head goes alone, so that a message that is refused time and again disturbs those
	 * behind it once.
	 *
	 * Dead messages leave this order; that is what strict order is for. A message that is
	 * replayed goes in front of those behind it that wait.
	 *
	 * Time. A batch that is not answered in time counts as failed. Its answers are
	 * ignored from then on; what arrives of it nevertheless is covered by the claim.
	 *
	 * Limits. A lane waits a round trip of the relay after each batch. Operations hold
	 * the lock, which delays deliveries but no commit.
	 */

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition progress = this.lock.newCondition();

	private final Queue<List<OutboxMessage>> arrivals = new ConcurrentLinkedQueue<>();

	private final Queue<Delivery> answers = new ConcurrentLinkedQueue<>();

	private final Room room;

	private final RelaySettings settings;

	private final RandomGenerator random;

	private final LongSupplier nanoTime;

	private final Clock clock;

	private final AtomicInteger drainers = new AtomicInteger();

	private final Lanes lanes;

	private final Kept kept;

	private final Operations operations;

	/** In the order of their deadlines. */
	private final Set<Batch> underWay = new LinkedHashSet<>();

	private final List<Held> died = new ArrayList<>();

	private final List<Held> outOfOrder = new ArrayList<>();

	private final Totals totals = new Totals();

	/** Wakes the dispatcher. */
	private volatile Runnable bell = () -> {
	};

	private volatile boolean paused;

	private volatile boolean troubled;

	private volatile boolean newsworthy;

	private boolean oneByOne = true;

	Backlog(Room room, RelaySettings settings, RandomGenerator random, LongSupplier nanoTime, Clock clock) {
		this.room = room;
		this.settings = settings;
		this.random = random;
		this.nanoTime = nanoTime;
		this.clock = clock;
		this.lanes = new Lanes(settings.strictOrder());
		this.kept = new Kept(settings.keepSent());
		this.operations = new Operations(this.lanes, this.kept, room, this.totals, nanoTime, clock);
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
		this.bell.run();
	}

	/**
	 * Begin to deliver.
	 * @param dispatcher wakes the dispatcher, called by any thread
	 * @param orderIsKept whether the relay keeps the order of a lane within a batch
	 */
	void dispatchTo(Runnable dispatcher, boolean orderIsKept) {
		locked((all) -> {
			this.bell = dispatcher;
			this.oneByOne = !orderIsKept;
			return true;
		});
	}

	/**
	 * Stop or go on choosing messages.
	 * @param paused whether to stop
	 * @return whether that changed anything
	 */
	boolean pause(boolean paused) {
		return operate((all) -> {
			boolean changed = this.paused != paused;
			this.paused = paused;
			return changed;
		});
	}

	/**
	 * Take in arrivals and answers, and choose what to send. For the dispatcher only.
	 * @return messages that are to be handed to the relay now, {@code null} for none
	 */
	@Nullable Batch advance() {
		return locked((all) -> {
			long now = this.nanoTime.getAsLong();
			this.lanes.wake(now);
			if (this.paused) {
				return null;
			}
			List<Held> chosen = new ArrayList<>();
			int left = this.settings.maxInFlight() - this.lanes.sending();
			while (chosen.size() < left) {
				int limit = this.oneByOne ? 1 : Math.min(this.settings.maxPerLane(), left - chosen.size());
				if (!this.lanes.send(limit, chosen)) {
					break;
				}
			}
			return chosen.isEmpty() ? null : begin(chosen, now);
		});
	}

	private Batch begin(List<Held> chosen, long now) {
		Batch batch = new Batch(chosen, now + this.settings.sendTimeout().toNanos(), this::answer);
		this.underWay.add(batch);
		return batch;
	}

	/**
	 * Tell how long there is nothing to do for the dispatcher unless it is woken.
	 * @return how long, in nanoseconds, {@link Long#MAX_VALUE} for ever
	 */
	long idle() {
		return locked((all) -> {
			long now = this.nanoTime.getAsLong();
			long untilDeadline = this.underWay.isEmpty() ? Long.MAX_VALUE
					: Math.max(0, this.underWay.iterator().next().deadline - now);
			return Math.min(this.lanes.untilRetry(now), untilDeadline);
		});
	}

	private void answer(Delivery delivery) {
		this.answers.add(delivery);
		this.bell.run();
	}

	private void takeIn() {
		expire();
		for (Delivery answer = this.answers.poll(); answer != null; answer = this.answers.poll()) {
			settle(answer);
		}
		for (List<OutboxMessage> batch = this.arrivals.poll(); batch != null; batch = this.arrivals.poll()) {
			batch.forEach(this.lanes::add);
		}
		this.troubled = this.lanes.isTroubled();
	}

	private void expire() {
		if (this.underWay.isEmpty()) {
			return;
		}
		long now = this.nanoTime.getAsLong();
		for (Batch batch : this.underWay) {
			if (batch.deadline - now > 0) {
				return;
			}
			for (Delivery delivery : batch.deliveries) {
				delivery.accept(null, new TimeoutException("relay has not answered: waited="
						+ this.settings.sendTimeout() + ", see theus.outbox.send-timeout"));
			}
		}
	}

	private void settle(Delivery answer) {
		Held held = answer.held;
		Throwable failure = answer.failure();
		if (answer.batch.answered()) {
			this.underWay.remove(answer.batch);
		}
		Lane lane = this.lanes.answered(held, failure);
		if (failure == null) {
			this.totals.sent++;
			held.ended = this.clock.instant();
			this.kept.sent(held);
			this.room.free();
		}
		if (lane != null) {
			Held head = this.lanes.back(lane);
			if (head != null) {
				failed(head, lane.confirmed);
			}
		}
		this.progress.signalAll();
	}

	private void failed(Held held, @Nullable Held confirmed) {
		Throwable failure = reason(Objects.requireNonNull(held.failure));
		held.failure = null;
		held.attempts++;
		held.lastError = failure.toString();
		this.totals.failedAttempts++;
		this.totals.lastError = held.lastError;
		if (confirmed != null && confirmed.number > held.number) {
			this.outOfOrder.add(held);
			this.oneByOne = true;
			this.newsworthy = true;
		}
		if (!isUnavailable(failure) && ++held.refusals >= this.settings.maxAttempts()) {
			this.lanes.giveUp(held);
			this.died.add(held);
			this.newsworthy = true;
		}
		else {
			long delay = this.settings.backoff().nanos(held.attempts, this.random.nextDouble());
			this.lanes.retryLater(held, this.nanoTime.getAsLong() + delay);
		}
	}

	private static boolean isUnavailable(Throwable failure) {
		return failure instanceof RelayUnavailableException || failure instanceof IOException
				|| failure instanceof TimeoutException || failure instanceof InterruptedException;
	}

	private static Throwable reason(Throwable failure) {
		Throwable cause = failure.getCause();
		boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
		return (wrapped && cause != null) ? cause : failure;
	}

	/**
	 * Make messages ready that wait for their retry.
	 */
	void retryNow() {
		operate((all) -> {
			this.lanes.wakeAll();
			return true;
		});
	}

	/**
	 * Wait until nothing is left that can be delivered: nothing at all, or only what is
	 * dead or waits behind it. While delivery is paused, wait for what is under way.
	 * @param timeoutNanos how long to wait at most
	 * @param andNoneReserved whether to wait for commits that have reserved room, too
	 * @return how many messages are held; an interrupt ends the wait and stays set
	 */
	long awaitDelivered(long timeoutNanos, boolean andNoneReserved) {
		long remaining = timeoutNanos;
		this.drainers.incrementAndGet();
		this.lock.lock();
		try {
			takeIn();
			while (undelivered(andNoneReserved) > 0 && remaining > 0) {
				remaining = this.progress.awaitNanos(remaining);
				takeIn();
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

	private long undelivered(boolean andReserved) {
		if (this.paused) {
			return this.lanes.sending() + (andReserved ? this.room.reserved() : 0);
		}
		return (andReserved ? this.room.taken() : this.room.held()) - this.lanes.stuck();
	}

	// Lowers the counter first, so one of this thread and a new drainer sees the other.
	private void signalDrainers() {
		if (this.drainers.get() > 0) {
			this.lock.lock();
			try {
				this.progress.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Do something with the messages, of which nobody else does anything meanwhile.
	 * @param <T> what comes out of it
	 * @param operation what to do
	 * @return what came out of it
	 */
	<T extends @Nullable Object> T locked(Function<Operations, T> operation) {
		this.lock.lock();
		try {
			takeIn();
			return operation.apply(this.operations);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Change something about messages, as {@link #locked} does, and tell everybody.
	 * @param <T> what comes out of it
	 * @param operation what to do
	 * @return what came out of it
	 */
	<T extends @Nullable Object> T operate(Function<Operations, T> operation) {
		T result = locked((all) -> {
			T changed = operation.apply(all);
			this.progress.signalAll();
			return changed;
		});
		this.bell.run();
		return result;
	}

	boolean isPaused() {
		return this.paused;
	}

	/**
	 * Whether there are messages that have failed and are to be sent again.
	 * @return whether there were when somebody looked last
	 */
	boolean isTroubled() {
		return this.troubled;
	}

	/**
	 * Take what is worth a line in the log.
	 * @return the news since the last time, {@code null} if there are none
	 */
	@Nullable News news() {
		if (!this.newsworthy) {
			return null;
		}
		return locked((all) -> {
			News news = new News(List.copyOf(this.died), List.copyOf(this.outOfOrder));
			this.died.clear();
			this.outOfOrder.clear();
			this.newsworthy = false;
			return news;
		});
	}

	/**
	 * What is worth a line in the log.
	 *
	 * @param died messages that are dead
	 * @param outOfOrder messages that had failed when one behind them was confirmed
	 */
	record News(List<Held> died, List<Held> outOfOrder) {

	}

}
