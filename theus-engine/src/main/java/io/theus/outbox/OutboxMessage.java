package io.theus.outbox;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A message to the outside. Immutable: bodies are copied on the way in and out.
 *
 * <p>
 * An encoded message belongs to no commit at first; {@link #withCommit} gives the one
 * that does. The outbox and its relays only see the latter.
 *
 * @since 0.1.0
 */
public final class OutboxMessage {

	/**
	 * The version of a message whose attempt has not committed yet.
	 */
	public static final long NO_COMMIT = -1;

	private final String id;

	private final String topic;

	private final @Nullable String key;

	private final byte @Nullable [] body;

	private final String contentType;

	private final Map<String, String> headers;

	private final long commitVersion;

	private final @Nullable Instant created;

	private OutboxMessage(String id, String topic, @Nullable String key, byte @Nullable [] body, String contentType,
			Map<String, String> headers, long commitVersion, @Nullable Instant created) {
		this.id = Objects.requireNonNull(id, "id");
		this.topic = Objects.requireNonNull(topic, "topic");
		this.key = key;
		this.body = body;
		this.contentType = Objects.requireNonNull(contentType, "contentType");
		this.headers = headers;
		this.commitVersion = commitVersion;
		this.created = created;
	}

	/**
	 * Create a message that belongs to no commit yet. {@link MessageEncoder} does this
	 * for payloads, and checks names and sizes.
	 * @param id identifies the message to its consumers
	 * @param topic where it goes
	 * @param key messages with equal topic and key stay in order, {@code null} for none
	 * @param body the content, or {@code null} for none (Kafka: a tombstone)
	 * @param contentType the media type of the content
	 * @param headers further facts, in order
	 * @return the message
	 */
	public static OutboxMessage of(String id, String topic, @Nullable String key, byte @Nullable [] body,
			String contentType, Map<String, String> headers) {
		return owning(id, topic, key, (body != null) ? body.clone() : null, contentType, headers);
	}

	/**
	 * Create a message that takes the body as its own.
	 * @param id identifies the message
	 * @param topic where it goes
	 * @param key the key, or {@code null}
	 * @param body the content, which nobody else changes, or {@code null}
	 * @param contentType the media type of the content
	 * @param headers further facts
	 * @return the message
	 */
	static OutboxMessage owning(String id, String topic, @Nullable String key, byte @Nullable [] body,
			String contentType, Map<String, String> headers) {
		Map<String, String> copy = headers.isEmpty() ? Map.of()
				: Collections.unmodifiableMap(new LinkedHashMap<>(headers));
		return new OutboxMessage(id, topic, key, body, contentType, copy, NO_COMMIT, null);
	}

	/**
	 * Return this message as one of a commit.
	 * @param version the version of the commit, at least 1
	 * @param time when it was committed
	 * @return the message that may be handed to {@link Outbox#append}
	 */
	public OutboxMessage withCommit(long version, Instant time) {
		if (version < 1) {
			throw new IllegalArgumentException(
					"message '" + this.id + "' needs a commit: version=" + version + ", minimum=1");
		}
		return new OutboxMessage(this.id, this.topic, this.key, this.body, this.contentType, this.headers, version,
				Objects.requireNonNull(time, "time"));
	}

	/**
	 * Return what identifies the message to its consumers, who may see it twice.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return where the message goes.
	 * @return the name of the topic
	 */
	public String topic() {
		return this.topic;
	}

	/**
	 * Return what keeps messages of a topic in order.
	 * @return the key, or {@code null} if it has none and is in order with all messages
	 * of its topic that have none
	 */
	public @Nullable String key() {
		return this.key;
	}

	/**
	 * Return the content.
	 * @return a copy of the bytes, or {@code null} if the message has no content
	 */
	public byte @Nullable [] body() {
		return (this.body != null) ? this.body.clone() : null;
	}

	/**
	 * Return whether the message has content, which may be empty.
	 * @return {@code false} if there is none (Kafka: a tombstone)
	 */
	public boolean hasBody() {
		return this.body != null;
	}

	/**
	 * Return the length of the content.
	 * @return the number of bytes, 0 if there is no content
	 */
	public int bodyLength() {
		return (this.body != null) ? this.body.length : 0;
	}

	/**
	 * Return the media type of the content.
	 * @return for example {@code application/json}
	 */
	public String contentType() {
		return this.contentType;
	}

	/**
	 * Return what was said about the message.
	 * @return names and values, unmodifiable, in the order in which they were given
	 */
	public Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Return which commit the message is part of.
	 * @return the version, or {@link #NO_COMMIT} if it has not been committed yet
	 */
	public long commitVersion() {
		return this.commitVersion;
	}

	/**
	 * Return when the message came into being.
	 * @return the time of its commit
	 * @throws IllegalStateException if it has not been committed yet
	 */
	public Instant created() {
		return requireCommit();
	}

	Instant requireCommit() {
		if (this.created == null) {
			throw new IllegalStateException(
					"message '" + this.id + "' is not committed: topic=" + this.topic + ", call withCommit first");
		}
		return this.created;
	}

	/**
	 * Describe the message without its content, key and headers.
	 */
	@Override
	public String toString() {
		return "message '" + this.id + "' to '" + this.topic + "' [commitVersion=" + this.commitVersion
				+ ", contentType=" + this.contentType + ", bodyLength=" + bodyLength() + "]";
	}

}
