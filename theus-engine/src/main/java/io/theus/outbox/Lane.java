package io.theus.outbox;

import org.jspecify.annotations.Nullable;

/**
 * The messages that must stay in order among themselves: those with one topic and key, or
 * with one topic and no key. A lane exists as long as it has a message.
 */
final class Lane {

	final Id id;

	/** The message whose turn it is, {@code null} only if the lane is empty. */
	@Nullable Held head;

	@Nullable Held tail;

	int size;

	Place place = Place.NONE;

	/** How many messages of the lane were handed over and are not answered. */
	int unanswered;

	/** The last message that was confirmed since the lane was taken out for delivery. */
	@Nullable Held confirmed;

	Lane(Id id) {
		this.id = id;
	}

	/**
	 * Add a message: at the end, or where it belongs if it was here before. No message
	 * gets in front of one that is being sent or has failed.
	 * @param held a message that is PENDING
	 */
	void add(Held held) {
		Held next = null;
		if (this.tail != null && this.tail.number > held.number) {
			next = this.head;
			while (next != null && (next.state != MessageState.PENDING || next.number < held.number)) {
				next = next.nextInLane;
			}
		}
		Held previous = (next != null) ? next.previousInLane : this.tail;
		link(previous, held);
		link(held, next);
		held.lane = this;
		this.size++;
	}

	void remove(Held held) {
		link(held.previousInLane, held.nextInLane);
		held.previousInLane = null;
		held.nextInLane = null;
		held.lane = null;
		this.size--;
	}

	private void link(@Nullable Held one, @Nullable Held other) {
		if (one != null) {
			one.nextInLane = other;
		}
		else {
			this.head = other;
		}
		if (other != null) {
			other.previousInLane = one;
		}
		else {
			this.tail = one;
		}
	}

	/**
	 * Where a lane is.
	 */
	enum Place {

		/** In none of the others: it is new, or empty. */
		NONE,

		/** Its head may be sent. */
		READY,

		/** It has messages that were handed over and are not answered. */
		OUT,

		/** Its head has failed and waits for its retry. */
		WAITING,

		/** Its head is dead, and its order is strict. */
		BLOCKED

	}

	/**
	 * What messages of a lane have in common.
	 *
	 * @param topic the topic
	 * @param key the key, or {@code null}
	 */
	record Id(String topic, @Nullable String key) {

		static Id of(OutboxMessage message) {
			return new Id(message.topic(), message.key());
		}

	}

}
