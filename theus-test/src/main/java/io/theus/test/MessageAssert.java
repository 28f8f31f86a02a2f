package io.theus.test;

import java.nio.charset.StandardCharsets;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

import io.theus.outbox.OutboxMessage;

/**
 * Assertions on an outbox message.
 *
 * @since 0.1.0
 */
public final class MessageAssert extends AbstractAssert<MessageAssert, OutboxMessage> {

	MessageAssert(OutboxMessage actual) {
		super(actual, MessageAssert.class);
	}

	/**
	 * Demand a topic.
	 * @param topic the topic
	 * @return this
	 */
	public MessageAssert hasTopic(String topic) {
		isNotNull();
		Assertions.assertThat(this.actual.topic()).as("topic").isEqualTo(topic);
		return this;
	}

	/**
	 * Demand a key.
	 * @param key the key
	 * @return this
	 */
	public MessageAssert hasKey(@Nullable String key) {
		isNotNull();
		Assertions.assertThat(this.actual.key()).as("key").isEqualTo(key);
		return this;
	}

	/**
	 * Demand a body.
	 * @param text the body as UTF-8 text, for example JSON
	 * @return this
	 */
	public MessageAssert hasBody(String text) {
		isNotNull();
		byte[] body = this.actual.body();
		String found = (body != null) ? new String(body, StandardCharsets.UTF_8) : null;
		Assertions.assertThat(found).as("body").isEqualTo(text);
		return this;
	}

}
