package io.theus.spring.outbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;

/**
 * Writes a line to the log for each message and counts it as delivered: for development,
 * when there is nothing to deliver to. The line says what kind of message it is; its key,
 * headers and content only where somebody asked for that, and then what is masked stays
 * hidden.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class LoggingOutboxRelay implements OutboxRelay {

	private static final Logger logger = LoggerFactory.getLogger(LoggingOutboxRelay.class);

	private static final JsonMapper MAPPER = JsonMapper.shared();

	// Null to show nothing of what a message says
	private final @Nullable Masking masking;

	/**
	 * Create a relay.
	 * @param masking hides parts of what messages say, {@code null} to show nothing of it
	 */
	public LoggingOutboxRelay(@Nullable Masking masking) {
		this.masking = masking;
	}

	@Override
	public String name() {
		return "logging";
	}

	@Override
	public CompletionStage<?> send(OutboxMessage message) {
		if (this.masking == null) {
			logger.info("{}", message);
		}
		else if (logger.isInfoEnabled()) {
			logger.info("{}: key={}, headers={}, content={}", message, this.masking.mask("key", message.key()),
					headers(message, this.masking), content(message, this.masking));
		}
		return CompletableFuture.completedFuture(message);
	}

	private static Map<String, @Nullable Object> headers(OutboxMessage message, Masking masking) {
		Map<String, @Nullable Object> shown = new LinkedHashMap<>();
		message.headers().forEach((name, value) -> shown.put(name, masking.mask(name, value)));
		return shown;
	}

	private static @Nullable Object content(OutboxMessage message, Masking masking) {
		byte @Nullable [] body = message.body();
		if (body == null) {
			return null;
		}
		String type = message.contentType();
		if (type.startsWith("application/json")) {
			try {
				return MAPPER
					.writeValueAsString(masked(message.topic(), MAPPER.readValue(body, Object.class), masking));
			}
			catch (JacksonException ex) {
				return "not JSON";
			}
		}
		return type.startsWith("text/") ? masking.mask(message.topic(), new String(body, StandardCharsets.UTF_8))
				: body.length + " bytes";
	}

	private static @Nullable Object masked(String key, @Nullable Object value, Masking masking) {
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> shown = new LinkedHashMap<>();
			map.forEach((name, each) -> shown.put(String.valueOf(name), masked(key + "." + name, each, masking)));
			return shown;
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> shown = new ArrayList<>();
			list.forEach((each) -> shown.add(masked(key, each, masking)));
			return shown;
		}
		return masking.mask(key, value);
	}

}
