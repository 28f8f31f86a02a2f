package io.theus;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Adds messages to the outbox of the running transaction. They are part of its commit,
 * discarded with a failed attempt, and handed to the relay (Kafka, for example) after the
 * commit: at least once, in order per topic and key.
 *
 * @since 0.1.0
 */
public interface OutboxWriter {

	/**
	 * Send a message.
	 * @param topic the topic, declared in {@code sends} of the process
	 * @param key messages with equal keys keep their order; {@code null} keeps the order
	 * per topic
	 * @param payload text and bytes are sent as they are, any other accepted value as
	 * JSON
	 */
	default void send(String topic, @Nullable String key, @Nullable Object payload) {
		send(topic, key, payload, Map.of());
	}

	/**
	 * Send a message with headers.
	 * @param topic the topic, declared in {@code sends} of the process
	 * @param key messages with equal keys keep their order; {@code null} keeps the order
	 * per topic
	 * @param payload text and bytes are sent as they are, any other accepted value as
	 * JSON
	 * @param headers further headers
	 */
	void send(String topic, @Nullable String key, @Nullable Object payload, Map<String, String> headers);

}
