package io.theus.spring.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.KafkaUtils;

import io.theus.engine.TheusEngine;
import io.theus.spring.Inbox;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KafkaInboxTests {

	private final TheusEngine engine = TheusEngine.builder().build();

	private final Inbox messages = new Inbox(this.engine, TransactionOptions.DEFAULT, Duration.ofDays(7));

	private final KafkaInbox inbox = new KafkaInbox(this.messages);

	@AfterEach
	void close() {
		KafkaUtils.clearConsumerGroupId();
		this.engine.close();
	}

	@Test
	void messageIsKnownByItsIdWhereverItIs() {
		assertThat(receive(record(1, "theus-message-id", "m-1"), "first")).isEqualTo("first");
		assertThat(receive(record(9, "theus-message-id", "m-1"), "second")).isEqualTo("first");
		assertThat(receive(record(2, "theus-message-id", "m-2"), "third")).isEqualTo("third");
		assertThat(this.messages.repeated()).isEqualTo(1);
	}

	@Test
	void eachGroupProcessesAMessage() {
		KafkaUtils.setConsumerGroupId("billing");
		assertThat(receive(record(1, "theus-message-id", "m-1"), "billed")).isEqualTo("billed");
		KafkaUtils.setConsumerGroupId("shipping");
		assertThat(receive(record(1, "theus-message-id", "m-1"), "shipped")).isEqualTo("shipped");
	}

	@Test
	void eventOfAnotherProducerIsKnownBySourceAndId() {
		assertThat(receive(record(1, "ce_id", "1", "ce_source", "/a"), "first")).isEqualTo("first");
		assertThat(receive(record(2, "ce_id", "1", "ce_source", "/b"), "second")).isEqualTo("second");
		assertThat(receive(record(3, "ce_id", "1", "ce_source", "/a"), "third")).isEqualTo("first");
	}

	@Test
	void functionIdentifiesRecordsOfOtherProducers() {
		KafkaInbox keyed = this.inbox.keyedBy((record) -> (String) record.key());
		assertThat(keyed.process(record(1), String.class, () -> "first")).isEqualTo("first");
		assertThat(keyed.process(record(2), String.class, () -> "second")).isEqualTo("first");
		assertThatExceptionOfType(MissingMessageIdException.class)
			.isThrownBy(() -> this.inbox.keyedBy((record) -> null).process(record(1), () -> {
			}))
			.withMessage("record of topic 'orders' has no message id: partition=3, offset=1, "
					+ "the key function returned null, return what identifies the record");
	}

	@Test
	void recordThatNothingIdentifiesIsRefused() {
		assertThatExceptionOfType(MissingMessageIdException.class)
			.isThrownBy(() -> receive(record(5, "ce_id", "1", "theus-message-id", " "), "never"))
			.withMessage("record of topic 'orders' has no message id: partition=3, offset=5, it has neither the header "
					+ "'theus-message-id' nor 'ce_source' and 'ce_id', give the inbox a key with keyedBy")
			.satisfies((ex) -> {
				assertThat(ex.topic()).isEqualTo("orders");
				assertThat(ex.partition()).isEqualTo(3);
				assertThat(ex.offset()).isEqualTo(5);
			});
	}

	private String receive(ConsumerRecord<String, String> record, String answer) {
		return this.inbox.process(record, String.class, () -> answer);
	}

	private static ConsumerRecord<String, String> record(long offset, String... headers) {
		ConsumerRecord<String, String> record = new ConsumerRecord<>("orders", 3, offset, "o-1", "value");
		for (int i = 0; i < headers.length; i += 2) {
			record.headers().add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
		}
		return record;
	}

}
