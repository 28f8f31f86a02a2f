package io.theus.outbox;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns payloads into messages and checks that the outbox can take them.
 *
 * <p>
 * Text and bytes are sent as they are. Everything else becomes JSON: records by their
 * components in order, maps, collections and arrays, numbers in plain notation, times of
 * {@code java.time} as ISO-8601 text, enum constants by name. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MessageEncoder {

	private static final String JSON = "application/json";

	private static final String TEXT = "text/plain;charset=utf-8";

	private static final String BYTES = "application/octet-stream";

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		// The default writes an object without properties as {}, which loses it silently.
		.enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
		.disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
		.disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
		.build();

	private final OutboxLimits limits;

	private final HeaderSource source;

	/**
	 * Create an encoder.
	 * @param limits how large messages may be
	 */
	public MessageEncoder(OutboxLimits limits) {
		this(limits, HeaderSource.NONE);
	}

	/**
	 * Create an encoder that adds headers.
	 * @param limits how large messages may be
	 * @param source gives headers of every message, besides those of its sender
	 */
	public MessageEncoder(OutboxLimits limits, HeaderSource source) {
		this.limits = limits;
		this.source = source;
	}

	/**
	 * Return how large and how many messages may be.
	 * @return the limits
	 */
	public OutboxLimits limits() {
		return this.limits;
	}

	/**
	 * Encode a payload as a message that belongs to no commit yet.
	 * @param id identifies the message to its consumers
	 * @param topic where it goes: 1 to 249 letters (a-z, A-Z), digits, {@code '.'},
	 * {@code '_'} and {@code '-'}, as Kafka has it
	 * @param key messages with equal topic and key stay in order, {@code null} for none
	 * @param payload the content, {@code null} for none (Kafka: a tombstone)
	 * @param given further facts, with names that are not blank; they take precedence
	 * over headers of the source
	 * @return the message
	 * @throws InvalidMessageException if the topic or a header is malformed
	 * @throws UnencodablePayloadException if the payload cannot be written as JSON
	 * @throws OversizedMessageException if the message is too large
	 */
	public OutboxMessage encode(String id, String topic, @Nullable String key, @Nullable Object payload,
			Map<String, String> given) {
		MessageNames.requireTopic(topic);
		Map<String, String> headers = headers(given);
		MessageNames.requireHeaders(topic, headers);
		long rest = length(key);
		for (Map.Entry<String, String> header : headers.entrySet()) {
			rest += length(header.getKey()) + length(header.getValue());
		}
		if (payload == null) {
			return message(id, topic, key, null, BYTES, headers, rest);
		}
		if (payload instanceof byte[] bytes) {
			return message(id, topic, key, bytes.clone(), BYTES, headers, rest);
		}
		if (payload instanceof CharSequence text) {
			return message(id, topic, key, text.toString().getBytes(StandardCharsets.UTF_8), TEXT, headers, rest);
		}
		return message(id, topic, key, json(topic, payload, rest), JSON, headers, rest);
	}

	private Map<String, String> headers(Map<String, String> given) {
		Map<String, String> added = this.source.headers();
		if (added.isEmpty()) {
			return given;
		}
		Map<String, String> headers = new LinkedHashMap<>(added);
		headers.putAll(given);
		return headers;
	}

	private OutboxMessage message(String id, String topic, @Nullable String key, byte @Nullable [] body,
			String contentType, Map<String, String> headers, long rest) {
		requireSize(topic, rest + ((body != null) ? body.length : 0));
		return OutboxMessage.owning(id, topic, key, body, contentType, headers);
	}

	private byte[] json(String topic, Object payload, long rest) {
		CountingBuffer buffer = new CountingBuffer(this.limits.maxMessageSize());
		try {
			MAPPER.writeValue(buffer, payload);
		}
		catch (JacksonException ex) {
			throw new UnencodablePayloadException(topic, payload.getClass(), JsonLocation.of(ex),
					(ex.getCause() != null) ? ex.getCause().getClass().getName() : ex.getOriginalMessage(), ex);
		}
		requireSize(topic, rest + buffer.written());
		return buffer.toByteArray();
	}

	private void requireSize(String topic, long size) {
		if (size > this.limits.maxMessageSize()) {
			throw new OversizedMessageException(topic, size, this.limits.maxMessageSize());
		}
	}

	private static int length(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8).length : 0;
	}

}
