package io.theus.outbox;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * The last messages that were sent, and the last ones that were discarded. Not
 * thread-safe.
 */
final class Kept {

	private static final int DISCARDED = 1000;

	private final int limit;

	private final Deque<Held> sent = new ArrayDeque<>();

	private final Deque<Held> discarded = new ArrayDeque<>();

	/**
	 * Create an empty store.
	 * @param limit how many messages are kept that were sent
	 */
	Kept(int limit) {
		this.limit = limit;
	}

	void sent(Held held) {
		add(this.sent, held, this.limit);
	}

	void discarded(Held held) {
		add(this.discarded, held, DISCARDED);
	}

	private static void add(Deque<Held> all, Held held, int limit) {
		all.add(held);
		if (all.size() > limit) {
			all.remove();
		}
	}

	/**
	 * Forget messages that are sent again.
	 * @param replayed the messages
	 */
	void removeSent(Collection<Held> replayed) {
		this.sent.removeAll(replayed);
	}

	/**
	 * Return what is kept in a state.
	 * @param state the state
	 * @return the messages, in the order in which they got there
	 */
	Collection<Held> in(MessageState state) {
		return switch (state) {
			case SENT -> this.sent;
			case DISCARDED -> this.discarded;
			default -> List.of();
		};
	}

}
