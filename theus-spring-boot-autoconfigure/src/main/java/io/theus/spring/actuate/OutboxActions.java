package io.theus.spring.actuate;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.theus.outbox.MessageFilter;
import io.theus.outbox.MessageNotFoundException;
import io.theus.outbox.MessageState;
import io.theus.outbox.MessageStateException;
import io.theus.outbox.Outbox;
import io.theus.outbox.OutboxEntry;
import io.theus.outbox.OutboxFullException;
import io.theus.outbox.OutboxStatus.Phase;

/**
 * What an operator does with messages of the outbox. What cannot be done changes nothing
 * and is refused with the reason.
 */
final class OutboxActions {

	private final Outbox outbox;

	OutboxActions(Outbox outbox) {
		this.outbox = outbox;
	}

	static MessageFilter filter(@Nullable String state, @Nullable String topic, @Nullable String key) {
		return new MessageFilter((state != null) ? Parameters.constant("state", state, MessageState.class) : null,
				topic, key);
	}

	OutboxEntry find(String id) {
		return this.outbox.message(id)
			.orElseThrow(() -> RefusedActionException.notFound(
					"message '%s' not found, of those that were sent or discarded only the last ones are kept: list what there is"
						.formatted(id)));
	}

	void replay(String id) {
		attempt(() -> {
			this.outbox.replay(id);
			return 1;
		});
	}

	int replay(MessageFilter filter) {
		return attempt(() -> this.outbox.replay(filter));
	}

	void discard(String id, @Nullable String reason) {
		String why = require(reason);
		attempt(() -> {
			this.outbox.discard(id, why);
			return 1;
		});
	}

	int discard(MessageFilter filter, @Nullable String reason) {
		String why = require(reason);
		if (filter.equals(MessageFilter.all())) {
			throw RefusedActionException
				.badRequest("'state', 'topic' and 'key' are missing, say which messages to discard");
		}
		return attempt(() -> this.outbox.discard(filter, why));
	}

	private static String require(@Nullable String reason) {
		if (reason == null || reason.isBlank()) {
			throw RefusedActionException.badRequest("'reason' is missing, say why messages are discarded");
		}
		return reason;
	}

	private int attempt(Supplier<Integer> action) {
		requireOpen();
		try {
			return action.get();
		}
		catch (MessageNotFoundException ex) {
			throw new RefusedActionException(RefusedActionException.NOT_FOUND, String.valueOf(ex.getMessage()), ex);
		}
		catch (MessageStateException | OutboxFullException ex) {
			throw new RefusedActionException(RefusedActionException.CONFLICT, String.valueOf(ex.getMessage()), ex);
		}
	}

	// Of messages, none
	int pause() {
		requireOpen();
		if (!this.outbox.pause()) {
			throw new RefusedActionException(RefusedActionException.CONFLICT,
					"outbox cannot be paused: paused=true, resume it first");
		}
		return 0;
	}

	int resume() {
		requireOpen();
		if (!this.outbox.resume()) {
			throw new RefusedActionException(RefusedActionException.CONFLICT,
					"outbox cannot be resumed: paused=false, pause it first");
		}
		return 0;
	}

	private void requireOpen() {
		Phase phase = this.outbox.status().phase();
		if (phase == Phase.CLOSING || phase == Phase.CLOSED) {
			throw new RefusedActionException(RefusedActionException.UNAVAILABLE,
					"outbox is closed: phase=%s, start the application again".formatted(phase));
		}
	}

}
