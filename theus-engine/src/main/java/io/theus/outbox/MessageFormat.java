package io.theus.outbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which headers a message has on its way, whatever carries it: those that were given when
 * it was sent, those by which consumers recognise it, and with CloudEvents the attributes
 * of an event in binary content mode.
 *
 * <p>
 * Immutable, safe for use by several threads.
 *
 * @since 0.1.0
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">
 * CloudEvents 1.0.2</a>
 */
public final class MessageFormat {

	/**
	 * The header with the id of the message, by which consumers recognise one that comes
	 * twice.
	 */
	public static final String MESSAGE_ID = "theus-message-id";

	/**
	 * The header with the sequence number of the commit, in decimal digits.
	 */
	public static final String COMMIT = "theus-commit";

	/**
	 * The header with the media type of the content.
	 */
	public static final String CONTENT_TYPE = "content-type";

	private static final String SPEC_VERSION = "1.0";

	// How senders write attributes, whatever the carrier
	private static final String GIVEN_ATTRIBUTE = "ce_";

	private static final MessageFormat PLAIN = new MessageFormat(null);

	// Null unless messages are events
	private final @Nullable String source;

	private MessageFormat(@Nullable String source) {
		this.source = source;
	}

	/**
	 * Return the format without attributes of events.
	 * @return the format
	 */
	public static MessageFormat plain() {
		return PLAIN;
	}

	/**
	 * Return the format of CloudEvents.
	 * @param source the context in which all events happen, a URI reference that is not
	 * empty
	 * @return the format
	 * @throws IllegalArgumentException if the source is not a URI reference
	 */
	public static MessageFormat cloudEvents(String source) {
		try {
			if (source.isBlank() || !new URI(source).toASCIIString().equals(source)) {
				throw invalid(source);
			}
		}
		catch (URISyntaxException ex) {
			throw invalid(source);
		}
		return new MessageFormat(source);
	}

	private static IllegalArgumentException invalid(String source) {
		return new IllegalArgumentException(
				"source of CloudEvents '%s' is not a URI reference: use for example '/orders' or 'https://example.org/orders'"
					.formatted(source));
	}

	/**
	 * Return the headers of a message. An attribute that was given when the message was
	 * sent, as a header that begins with {@code ce_}, takes precedence: so
	 * {@code ce_type} is said, which is the topic otherwise.
	 * @param message a message that was committed
	 * @param prefix what the carrier begins attributes with, {@code ce_} for Kafka
	 * @return names and values, in order
	 */
	public Map<String, String> headers(OutboxMessage message, String prefix) {
		Map<String, String> headers = new LinkedHashMap<>();
		if (this.source != null) {
			attributes(message, this.source).forEach((name, value) -> headers.put(prefix + name, value));
		}
		boolean events = this.source != null;
		message.headers().forEach((name, value) -> {
			boolean attribute = events && name.startsWith(GIVEN_ATTRIBUTE);
			headers.put(attribute ? prefix + name.substring(GIVEN_ATTRIBUTE.length()) : name, value);
		});
		headers.put(MESSAGE_ID, message.id());
		headers.put(COMMIT, Long.toString(message.commitVersion()));
		if (message.hasBody()) {
			headers.putIfAbsent(CONTENT_TYPE, message.contentType());
		}
		return Collections.unmodifiableMap(headers);
	}

	private static Map<String, String> attributes(OutboxMessage message, String source) {
		Map<String, String> attributes = new LinkedHashMap<>();
		attributes.put("specversion", SPEC_VERSION);
		attributes.put("id", message.id());
		attributes.put("source", source);
		attributes.put("type", message.topic());
		attributes.put("time", message.created().toString());
		String key = message.key();
		if (key != null && !key.isEmpty()) {
			attributes.put("subject", key);
		}
		// The extension 'distributed tracing': the trace in which the event happened,
		// whereas the headers without prefix may be changed by whoever passes it on
		for (String name : new String[] { "traceparent", "tracestate" }) {
			String value = message.headers().get(name);
			if (value != null) {
				attributes.put(name, value);
			}
		}
		return attributes;
	}

	@Override
	public String toString() {
		return (this.source != null) ? "cloudevents" : "plain";
	}

}
