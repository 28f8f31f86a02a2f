package io.theus.outbox;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

class MessageFormatTests {

	private static final byte[] BODY = { 1 };

	@Test
	void plainMessageHasItsOwnHeadersAndThoseThatRecogniseIt() {
		OutboxMessage message = OutboxMessage.of("m-1", "orders", "o-1", BODY, "a/b", Map.of("h", "v"))
			.withCommit(7, Messages.TIME);
		assertThat(MessageFormat.plain().headers(message, "ce_")).containsExactly(entry("h", "v"),
				entry("theus-message-id", "m-1"), entry("theus-commit", "7"), entry("content-type", "a/b"));
	}

	@Test
	void eventHasTheAttributesOfCloudEvents() {
		OutboxMessage message = OutboxMessage
			.of("m-1", "orders", "o-1", BODY, "a/b", Map.of("traceparent", "00-1-2-01"))
			.withCommit(7, Messages.TIME);
		assertThat(MessageFormat.cloudEvents("/shop").headers(message, "ce_")).containsExactly(
				entry("ce_specversion", "1.0"), entry("ce_id", "m-1"), entry("ce_source", "/shop"),
				entry("ce_type", "orders"), entry("ce_time", "2026-01-02T03:04:05Z"), entry("ce_subject", "o-1"),
				entry("ce_traceparent", "00-1-2-01"), entry("traceparent", "00-1-2-01"),
				entry("theus-message-id", "m-1"), entry("theus-commit", "7"), entry("content-type", "a/b"));
	}

	@Test
	void messageWithoutKeyIsAnEventWithoutSubject() {
		assertThat(MessageFormat.cloudEvents("/shop").headers(Messages.message("m", "t", null), "ce_"))
			.doesNotContainKey("ce_subject");
		assertThat(MessageFormat.cloudEvents("/shop").headers(Messages.message("m", "t", ""), "ce_"))
			.doesNotContainKey("ce_subject");
	}

	@Test
	void attributeThatWasGivenTakesPrecedenceWhateverTheCarrier() {
		OutboxMessage message = OutboxMessage
			.of("m-1", "orders", "o-1", BODY, "a/b", Map.of("ce_type", "placed", "content-type", "c/d"))
			.withCommit(7, Messages.TIME);
		assertThat(MessageFormat.cloudEvents("/shop").headers(message, "ce-")).containsEntry("ce-type", "placed")
			.doesNotContainKey("ce_type")
			.containsEntry("content-type", "c/d");
	}

	@Test
	void headersThatRecogniseAMessageCannotBeGiven() {
		OutboxMessage message = OutboxMessage.of("m-1", "orders", null, BODY, "a/b", Map.of("theus-message-id", "x"))
			.withCommit(7, Messages.TIME);
		assertThat(MessageFormat.plain().headers(message, "ce_")).containsEntry("theus-message-id", "m-1");
	}

	@Test
	void messageWithoutContentHasNoTypeOfContent() {
		assertThat(MessageFormat.plain().headers(Messages.message("m", "t", null), "ce_"))
			.doesNotContainKey("content-type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "our shop", "ü", "http://[" })
	void sourceMustBeAUriReference(String source) {
		assertThatIllegalArgumentException().isThrownBy(() -> MessageFormat.cloudEvents(source))
			.withMessage("source of CloudEvents '" + source
					+ "' is not a URI reference: use for example '/orders' or 'https://example.org/orders'");
	}

}
