package io.theus.outbox;

import org.jspecify.annotations.Nullable;

/**
 * The messages that must stay in order among themselves: those with one topic and key, or
 * with one topic and no key. Only the first of them is sent; the others wait behind it. A
 * lane exists as long as it has a message.
 */
final class Lane {

	final Id id;

	/** The message whose turn it is, {@code null} only before the first one. */
	@Nullable Held head;

	@Nullable Held tail;

	MessageState headState = MessageState.PENDING;

	/** How often sending the head has failed. */
	int failures;

	@Nullable String lastError;

	/** When the head is sent again if it has failed, on the clock of the delays. */
	long retryAt;

	Lane(Id id) {
		this.id = id;
	}

	void add(Held held) {
		if (this.tail == null) {
			this.head = held;
		}
		else {
			this.tail.nextInLane = held;
		}
		this.tail = held;
	}

	/**
	 * Remove the head.
	 * @return whether another message is the head now
	 */
	boolean advance() {
		this.head = (this.head != null) ? this.head.nextInLane : null;
		this.headState = MessageState.PENDING;
		this.failures = 0;
		this.lastError = null;
		return this.head != null;
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
