package io.theus.transaction;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import io.theus.store.CommitOrigin;

/**
 * Names outbox messages: by the execution that sends them and their number in it, so that
 * a later attempt gives the same message the same name.
 */
final class MessageIds {

	private final String session = UUID.randomUUID().toString();

	private final AtomicLong anonymous = new AtomicLong();

	String next(CommitOrigin origin, int number) {
		String execution = origin.executionId();
		return (execution != null) ? execution + "." + number : this.session + "." + this.anonymous.incrementAndGet();
	}

}
