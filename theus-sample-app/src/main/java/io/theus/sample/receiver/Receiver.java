package io.theus.sample.receiver;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Notes which messages have arrived. Delivery is at least once, so it tells keys seen for
 * the first time from keys seen again.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
@Component
public class Receiver {

	private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();

	private final LongAdder duplicates = new LongAdder();

	/**
	 * Take a message.
	 * @param message a message whose key is the identity of an order
	 */
	@KafkaListener(topics = { "orders", "invoices" })
	public void receive(ConsumerRecord<String, String> message) {
		boolean first = this.keys.computeIfAbsent(message.topic(), (topic) -> ConcurrentHashMap.newKeySet())
			.add(message.key());
		if (!first) {
			this.duplicates.increment();
		}
	}

	/**
	 * Return whether the message of an order has arrived.
	 * @param topic the topic
	 * @param orderId the identity of the order
	 * @return whether it was seen
	 */
	public boolean hasReceived(String topic, String orderId) {
		return this.keys.getOrDefault(topic, Set.of()).contains(orderId);
	}

	/**
	 * Return how many orders a topic has brought messages of.
	 * @param topic the topic
	 * @return the number of different keys
	 */
	public int distinct(String topic) {
		return this.keys.getOrDefault(topic, Set.of()).size();
	}

	/**
	 * Return how many messages came again.
	 * @return the number of messages whose key was seen before
	 */
	public long duplicates() {
		return this.duplicates.sum();
	}

}
