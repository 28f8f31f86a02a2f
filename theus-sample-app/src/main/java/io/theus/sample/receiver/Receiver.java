package io.theus.sample.receiver;

import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

import io.theus.StatePath;
import io.theus.engine.TheusEngine;
import io.theus.path.Path;
import io.theus.spring.Inbox;
import io.theus.spring.kafka.KafkaInbox;

/**
 * Takes the messages of the desk. Delivery is at least once, so the inbox sees to it that
 * each of them counts once.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Component
public class Receiver {

	private final TheusEngine engine;

	private final KafkaInbox inbox;

	private final Inbox messages;

	private final Arrivals arrivals;

	Receiver(TheusEngine engine, KafkaInbox inbox, Inbox messages, Arrivals arrivals) {
		this.engine = engine;
		this.inbox = inbox;
		this.messages = messages;
		this.arrivals = arrivals;
	}

	/**
	 * Take a message.
	 * @param message a message whose key is the identity of an order
	 */
	@KafkaListener(topics = { "orders", "invoices" })
	public void receive(ConsumerRecord<String, String> message) {
		this.inbox.process(message, () -> this.arrivals.note(message.topic(), message.key()));
	}

	/**
	 * Return whether a message of an order has arrived.
	 * @param topic the topic
	 * @param orderId the identity of the order
	 * @return whether it was seen
	 */
	public boolean hasReceived(String topic, String orderId) {
		return this.engine.state().find(path(topic, orderId)).isPresent();
	}

	/**
	 * Return how many orders a topic has brought messages of.
	 * @param topic the topic
	 * @return the number of different keys
	 */
	public int distinct(String topic) {
		return this.engine.state().getOrDefault("domain.arrivals." + topic, Map.of()).size();
	}

	/**
	 * Return how many messages came again.
	 * @return the number of messages that were recognised
	 */
	public long duplicates() {
		return this.messages.repeated();
	}

	static StatePath<Integer> path(String topic, String orderId) {
		return StatePath.of(Path.of("domain.arrivals", topic, orderId), Integer.class);
	}

}
