package io.theus.outbox;

import java.time.Instant;
import java.util.Map;

/**
 * Committed messages for tests.
 */
final class Messages {

	static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

	private Messages() {
	}

	static OutboxMessage message(String id, String topic, String key) {
		return OutboxMessage.of(id, topic, key, null, "text/plain", Map.of()).withCommit(1, TIME);
	}

}
