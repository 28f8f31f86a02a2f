package io.theus.outbox;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * All lanes, which of them are ready to send, and which wait for a retry. Not
 * thread-safe.
 *
 * <p>
 * A lane is in exactly one place: among the ready ones (its head is PENDING), out for
 * delivery (SENDING) or among the waiting ones (FAILED).
 */
final class Lanes {

	private final Map<Lane.Id, Lane> lanes = new HashMap<>();

	private final Queue<Lane> ready = new ArrayDeque<>();

	/** Compared by difference, because the clock of the delays may overflow. */
	private final Queue<Lane> waiting = new PriorityQueue<>((one, other) -> Long.signum(one.retryAt - other.retryAt));

	private @Nullable Held oldest;

	private @Nullable Held newest;

	private int sending;

	/** How many lanes have a head that has failed and has not been delivered since. */
	private int troubled;

	void add(OutboxMessage message) {
		Lane lane = this.lanes.computeIfAbsent(Lane.Id.of(message), Lane::new);
		Held held = new Held(message, lane);
		if (lane.head == null) {
			this.ready.add(lane);
		}
		lane.add(held);
		held.older = this.newest;
		if (this.newest == null) {
			this.oldest = held;
		}
		else {
			this.newest.newer = held;
		}
		this.newest = held;
	}

	/**
	 * Take the lane whose turn it is out for delivery.
	 * @return the message to send, or {@code null} if no lane is ready
	 */
	@Nullable Held send() {
		Lane lane = this.ready.poll();
		if (lane == null) {
			return null;
		}
		lane.headState = MessageState.SENDING;
		this.sending++;
		return lane.head;
	}

	/**
	 * Forget a message that was sent, and make the one behind it ready.
	 * @param held the message, which is {@link MessageState#SENDING}
	 */
	void delivered(Held held) {
		Lane lane = held.lane;
		this.sending--;
		if (lane.failures > 0) {
			this.troubled--;
		}
		unlink(held);
		if (lane.advance()) {
			this.ready.add(lane);
		}
		else {
			this.lanes.remove(lane.id);
		}
	}

	/**
	 * Let a message that could not be sent wait.
	 * @param held the message, which is {@link MessageState#SENDING}
	 * @param error what it failed with
	 * @param retryAt when to send it again
	 */
	void failed(Held held, String error, long retryAt) {
		Lane lane = held.lane;
		this.sending--;
		if (lane.failures++ == 0) {
			this.troubled++;
		}
		lane.lastError = error;
		lane.retryAt = retryAt;
		lane.headState = MessageState.FAILED;
		this.waiting.add(lane);
	}

	/**
	 * Give back a message that was taken out but not handed to a relay.
	 * @param held the message, which is {@link MessageState#SENDING}
	 */
	void returned(Held held) {
		this.sending--;
		held.lane.headState = MessageState.PENDING;
		this.ready.add(held.lane);
	}

	/**
	 * Make lanes ready whose time has come.
	 * @param now the time on the clock of the delays
	 * @return how long until the next one, {@link Long#MAX_VALUE} if none waits
	 */
	long wake(long now) {
		for (Lane lane = this.waiting.peek(); lane != null; lane = this.waiting.peek()) {
			if (lane.retryAt - now > 0) {
				return lane.retryAt - now;
			}
			wakeFirst();
		}
		return Long.MAX_VALUE;
	}

	/**
	 * Make all waiting lanes ready.
	 */
	void wakeAll() {
		while (!this.waiting.isEmpty()) {
			wakeFirst();
		}
	}

	private void wakeFirst() {
		Lane lane = this.waiting.remove();
		lane.headState = MessageState.PENDING;
		this.ready.add(lane);
	}

	private void unlink(Held held) {
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

	int waiting() {
		return this.waiting.size();
	}

	int troubled() {
		return this.troubled;
	}

}
