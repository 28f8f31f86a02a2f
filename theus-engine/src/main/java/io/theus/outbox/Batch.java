package io.theus.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Messages that are handed to the relay together, and when it must have answered them.
 * The number of answers is guarded by the lock of the {@link Backlog}, the rest does not
 * change.
 */
final class Batch {

	final List<Delivery> deliveries;

	/** On the clock of the delays. */
	final long deadline;

	private int unanswered;

	Batch(Collection<Held> chosen, long deadline, Consumer<Delivery> onAnswer) {
		List<Delivery> all = new ArrayList<>(chosen.size());
		chosen.forEach((held) -> all.add(new Delivery(held, this, onAnswer)));
		this.deliveries = all;
		this.deadline = deadline;
		this.unanswered = all.size();
	}

	List<OutboxMessage> messages() {
		return this.deliveries.stream().map((delivery) -> delivery.held.message).toList();
	}

	/**
	 * Count an answer.
	 * @return whether it was the last one
	 */
	boolean answered() {
		return --this.unanswered == 0;
	}

}
