package io.theus.outbox;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * All messages that are held, their lanes, which of these are ready to send, and which
 * wait. Not thread-safe.
 *
 * <p>
 * A lane is in exactly one {@linkplain Lane.Place place}. What a lane has left behind in
 * the queue of ready ones or of retries is skipped when its turn comes.
 */
final class Lanes {

	private final boolean strict;

	private final Map<Lane.Id, Lane> lanes = new HashMap<>();

	private final Queue<Lane> ready = new ArrayDeque<>();

	/** Compared by difference, because the clock of the delays may overflow. */
	private final Queue<Retry> retries = new PriorityQueue<>((one, other) -> Long.signum(one.at - other.at));

	private @Nullable Held oldest;

	private @Nullable Held newest;

	private long numbers;

	private int sending;

	private int failed;

	private int dead;

	/**
	 * How many messages cannot be sent unless somebody replays or discards a dead one.
	 */
	private int stuck;

	/** How many messages have failed and are to be sent again. */
	private int troubled;

	Lanes(boolean strict) {
		this.strict = strict;
	}

	void add(OutboxMessage message) {
		Held held = new Held(message, ++this.numbers);
		held.older = this.newest;
		if (this.newest == null) {
			this.oldest = held;
		}
		else {
			this.newest.newer = held;
		}
		this.newest = held;
		join(held);
	}

	private void join(Held held) {
		Lane lane = this.lanes.computeIfAbsent(Lane.Id.of(held.message), Lane::new);
		lane.add(held);
		if (lane.place == Lane.Place.NONE) {
			ready(lane);
		}
		else if (lane.place == Lane.Place.BLOCKED) {
			this.stuck++;
		}
	}

	private void ready(Lane lane) {
		lane.place = Lane.Place.READY;
		this.ready.add(lane);
	}

	/**
	 * Take messages of the lane whose turn it is out for delivery. A message that has
	 * failed goes alone.
	 * @param limit how many at most
	 * @param chosen where to add them, in their order
	 * @return whether there was a lane that was ready
	 */
	boolean send(int limit, Collection<Held> chosen) {
		Lane lane = this.ready.poll();
		while (lane != null && lane.place != Lane.Place.READY) {
			lane = this.ready.poll();
		}
		if (lane == null) {
			return false;
		}
		lane.place = Lane.Place.OUT;
		lane.confirmed = null;
		Held first = head(lane);
		int count = (first.attempts > 0) ? 1 : limit;
		for (Held held = first; held != null && lane.unanswered < count; held = held.nextInLane) {
			held.state = MessageState.SENDING;
			held.failure = null;
			lane.unanswered++;
			this.sending++;
			chosen.add(held);
		}
		return true;
	}

	/**
	 * Take in the answer to a message that was out for delivery.
	 * @param held the message
	 * @param failure what it failed with, {@code null} if it was confirmed, upon which it
	 * is not held any more
	 * @return the lane, if that was the last of the answers that it has waited for
	 */
	@Nullable Lane answered(Held held, @Nullable Throwable failure) {
		Lane lane = lane(held);
		lane.unanswered--;
		if (failure != null) {
			held.failure = failure;
		}
		else {
			this.sending--;
			if (lane.confirmed == null || lane.confirmed.number < held.number) {
				lane.confirmed = held;
			}
			leave(held, MessageState.SENT);
		}
		return (lane.unanswered == 0) ? lane : null;
	}

	/**
	 * Take a lane back whose messages that were out for delivery are all answered.
	 * @param lane the lane, which must be readied, or its head handled, next
	 * @return the first one that has failed, which is the head of the lane, or
	 * {@code null} if all were confirmed
	 */
	@Nullable Held back(Lane lane) {
		lane.place = Lane.Place.NONE;
		Held first = null;
		for (Held held = lane.head; held != null && held.state == MessageState.SENDING; held = held.nextInLane) {
			held.state = MessageState.PENDING;
			this.sending--;
			first = (first != null) ? first : held;
		}
		if (first == null) {
			settle(lane);
		}
		return first;
	}

	private void settle(Lane lane) {
		if (lane.size > 0) {
			ready(lane);
		}
		else {
			lane.place = Lane.Place.NONE;
			this.lanes.remove(lane.id);
		}
	}

	/**
	 * Let a message that could not be sent wait.
	 * @param held the head of its lane
	 * @param retryAt when to send it again
	 */
	void retryLater(Held held, long retryAt) {
		Lane lane = lane(held);
		if (held.attempts == 1) {
			this.troubled++;
		}
		held.retryAt = retryAt;
		held.state = MessageState.FAILED;
		this.failed++;
		lane.place = Lane.Place.WAITING;
		this.retries.add(new Retry(held, retryAt));
	}

	/**
	 * Give up a message that could not be sent. It stays here; with strict order its lane
	 * waits with it.
	 * @param held the head of its lane
	 */
	void giveUp(Held held) {
		Lane lane = lane(held);
		if (held.attempts > 1) {
			this.troubled--;
		}
		held.state = MessageState.DEAD;
		this.dead++;
		if (this.strict) {
			lane.place = Lane.Place.BLOCKED;
			this.stuck += lane.size;
		}
		else {
			lane.remove(held);
			this.stuck++;
			settle(lane);
		}
	}

	/**
	 * Send a message as if it was new: one that has failed or is dead, or one that was
	 * sent and is held no more.
	 * @param held the message
	 */
	void replay(Held held) {
		MessageState before = held.state;
		if (before == MessageState.SENT) {
			held.renew();
			insert(held);
			join(held);
			return;
		}
		Lane lane = held.lane;
		release(held);
		held.renew();
		if (lane != null) {
			ready(lane);
		}
		else {
			join(held);
		}
	}

	/**
	 * Take out a message that nobody is sending.
	 * @param held the message
	 */
	void discard(Held held) {
		Lane lane = held.lane;
		release(held);
		if (lane != null && lane.place == Lane.Place.BLOCKED) {
			this.stuck--;
		}
		leave(held, MessageState.DISCARDED);
		boolean freed = lane != null && lane.place == Lane.Place.NONE;
		if (lane != null && (freed || (lane.size == 0 && lane.place != Lane.Place.OUT))) {
			settle(lane);
		}
	}

	// Undo what follows from having failed: the message may be sent, and so may its lane
	private void release(Held held) {
		Lane lane = held.lane;
		if (held.attempts > 0 && held.state != MessageState.DEAD) {
			this.troubled--;
		}
		if (held.state == MessageState.FAILED) {
			this.failed--;
			lane(held).place = Lane.Place.NONE;
		}
		else if (held.state == MessageState.DEAD) {
			this.dead--;
			this.stuck -= (lane != null) ? lane.size : 1;
			if (lane != null) {
				lane.place = Lane.Place.NONE;
			}
		}
	}

	// Leaves its lane and the chain
	private void leave(Held held, MessageState state) {
		if (state == MessageState.SENT && held.attempts > 0) {
			this.troubled--;
		}
		held.state = state;
		if (held.lane != null) {
			held.lane.remove(held);
		}
		if (held.older == null) {
			this.oldest = held.newer;
		}
		else {
			held.older.newer = held.newer;
		}
		if (held.newer == null) {
			this.newest = held.older;
		}
		else {
			held.newer.older = held.older;
		}
		held.older = null;
		held.newer = null;
	}

	// Where it belongs in the chain, which is rather at the beginning
	private void insert(Held held) {
		Held next = this.oldest;
		while (next != null && next.number < held.number) {
			next = next.newer;
		}
		Held previous = (next != null) ? next.older : this.newest;
		held.older = previous;
		held.newer = next;
		if (previous == null) {
			this.oldest = held;
		}
		else {
			previous.newer = held;
		}
		if (next == null) {
			this.newest = held;
		}
		else {
			next.older = held;
		}
	}

	/**
	 * Make lanes ready whose time has come.
	 * @param now the time on the clock of the delays
	 */
	void wake(long now) {
		while (untilRetry(now) == 0) {
			wakeFirst();
		}
	}

	/**
	 * Tell when the next lane becomes ready by itself.
	 * @param now the time on the clock of the delays
	 * @return how long until then, {@link Long#MAX_VALUE} if none waits
	 */
	long untilRetry(long now) {
		while (!this.retries.isEmpty() && !this.retries.element().isWaiting()) {
			this.retries.remove();
		}
		Retry next = this.retries.peek();
		return (next != null) ? Math.max(0, next.at - now) : Long.MAX_VALUE;
	}

	/**
	 * Make all waiting lanes ready.
	 */
	void wakeAll() {
		while (!this.retries.isEmpty()) {
			wakeFirst();
		}
	}

	private void wakeFirst() {
		Retry retry = this.retries.remove();
		if (retry.isWaiting()) {
			this.failed--;
			retry.held.state = MessageState.PENDING;
			ready(lane(retry.held));
		}
	}

	private static Lane lane(Held held) {
		return Objects.requireNonNull(held.lane);
	}

	private static Held head(Lane lane) {
		return Objects.requireNonNull(lane.head);
	}

	void forEach(Consumer<Held> action) {
		for (Held held = this.oldest; held != null; held = held.newer) {
			action.accept(held);
		}
	}

	@Nullable Held oldest() {
		return this.oldest;
	}

	int size() {
		return this.lanes.size();
	}

	int sending() {
		return this.sending;
	}

	int failed() {
		return this.failed;
	}

	int dead() {
		return this.dead;
	}

	int stuck() {
		return this.stuck;
	}

	boolean isTroubled() {
		return this.troubled > 0;
	}

	/**
	 * When a message is sent again, unless something else has become of it.
	 */
	private static final class Retry {

		private final Held held;

		private final long at;

		private Retry(Held held, long at) {
			this.held = held;
			this.at = at;
		}

		private boolean isWaiting() {
			return this.held.state == MessageState.FAILED && this.held.retryAt == this.at;
		}

	}

}
