package io.theus.spring.kafka;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaUtils;

import io.theus.ProcessContext;
import io.theus.outbox.MessageFormat;
import io.theus.spring.Inbox;

/**
 * Processes records that may come twice once, for methods annotated as Kafka listeners.
 * The consumer that {@link Inbox} asks for is the group of the listener.
 *
 * <p>
 * A message of an outbox is known by its header
 * {@value io.theus.outbox.MessageFormat#MESSAGE_ID}, a CloudEvent of any other producer
 * by its source and id. For the records of producers that give neither, {@link #keyedBy}
 * says what identifies one.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class KafkaInbox {

	private static final String EVENT_ID = "ce_id";

	private static final String EVENT_SOURCE = "ce_source";

	// Outside of a listener
	private static final String NO_GROUP = "kafka";

	private final Inbox inbox;

	private final Function<ConsumerRecord<?, ?>, String> key;

	/**
	 * Create an inbox.
	 * @param inbox recognises messages by their ids
	 */
	public KafkaInbox(Inbox inbox) {
		this(inbox, KafkaInbox::messageId);
	}

	private KafkaInbox(Inbox inbox, Function<ConsumerRecord<?, ?>, String> key) {
		this.inbox = inbox;
		this.key = key;
	}

	/**
	 * Return an inbox for records whose producers give no id.
	 * @param newKey returns what identifies a record among those of its topic, not blank
	 * @return the inbox
	 */
	public KafkaInbox keyedBy(Function<ConsumerRecord<?, ?>, @Nullable String> newKey) {
		return new KafkaInbox(this.inbox, (record) -> {
			String given = newKey.apply(record);
			if (given == null || given.isBlank()) {
				throw new MissingMessageIdException(record, "the key function returned " + given,
						"return what identifies the record");
			}
			return record.topic() + "/" + given;
		});
	}

	/**
	 * Process a record unless it was processed before in this group.
	 * @param <X> what processing it may fail with
	 * @param record the record
	 * @param work what to do
	 * @throws X what the work threw, upon which the record counts as not processed
	 * @throws MissingMessageIdException if nothing identifies the record
	 */
	public <X extends Throwable> void process(ConsumerRecord<?, ?> record, Inbox.Work<X> work) throws X {
		group().process(this.key.apply(record), work);
	}

	/**
	 * Process a record unless it was processed before in this group.
	 * @param <T> the type of the result
	 * @param <X> what processing it may fail with
	 * @param record the record
	 * @param type the type of the result, which must be an accepted value
	 * @param work what to do
	 * @return what the work returned, now or then
	 * @throws X what the work threw, upon which the record counts as not processed
	 * @throws MissingMessageIdException if nothing identifies the record
	 */
	public <T extends @Nullable Object, X extends Throwable> T process(ConsumerRecord<?, ?> record, Class<T> type,
			ProcessContext.Block<T, X> work) throws X {
		return group().process(this.key.apply(record), type, work);
	}

	private Inbox group() {
		String group = KafkaUtils.getConsumerGroupId();
		return this.inbox.of((group != null) ? group : NO_GROUP);
	}

	/**
	 * Return what identifies the message that a record carries, for example as the key of
	 * an execution.
	 * @param record the record
	 * @return the id of the message, or source and id of a CloudEvent
	 * @throws MissingMessageIdException if the record has neither
	 */
	public static String messageId(ConsumerRecord<?, ?> record) {
		String id = header(record, MessageFormat.MESSAGE_ID);
		if (id != null) {
			return id;
		}
		String event = header(record, EVENT_ID);
		String source = header(record, EVENT_SOURCE);
		if (event != null && source != null) {
			return source + "#" + event;
		}
		throw new MissingMessageIdException(record, "it has neither the header '%s' nor '%s' and '%s'"
			.formatted(MessageFormat.MESSAGE_ID, EVENT_SOURCE, EVENT_ID), "give the inbox a key with keyedBy");
	}

	private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
		Header header = record.headers().lastHeader(name);
		String value = (header != null && header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8)
				: null;
		return (value != null && !value.isBlank()) ? value : null;
	}

}
