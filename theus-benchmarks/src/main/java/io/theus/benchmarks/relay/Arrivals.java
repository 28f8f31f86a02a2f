package io.theus.benchmarks.relay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads what the broker has got and checks it: each number once, and those of a key in
 * their order.
 */
final class Arrivals implements AutoCloseable {

	private static final Duration LONGEST = Duration.ofSeconds(10);

	private final KafkaConsumer<String, String> consumer;

	private final int keys;

	private final Map<String, Integer> next = new HashMap<>();

	private int arrived;

	Arrivals(String broker, int keys) {
		this.keys = keys;
		this.consumer = new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000),
				new StringDeserializer(), new StringDeserializer());
		List<TopicPartition> partitions = this.consumer.partitionsFor(Relaying.TOPIC)
			.stream()
			.map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
			.toList();
		this.consumer.assign(partitions);
		this.consumer.seekToBeginning(partitions);
	}

	/**
	 * Read on and check.
	 * @param sent how many messages were sent since the beginning
	 */
	void verify(int sent) {
		while (this.arrived < sent) {
			ConsumerRecords<String, String> records = this.consumer.poll(LONGEST);
			if (records.isEmpty()) {
				throw new IllegalStateException(
						"messages are missing: sent=%d, arrived=%d, do not count this measurement".formatted(sent,
								this.arrived));
			}
			records.forEach(this::check);
		}
		if (!this.consumer.poll(Duration.ofMillis(1)).isEmpty()) {
			throw new IllegalStateException(
					"messages have come twice: sent=" + sent + ", do not count this measurement");
		}
	}

	private void check(ConsumerRecord<String, String> record) {
		int expected = this.next.getOrDefault(record.key(), Integer.parseInt(record.key()));
		if (!Relaying.content(expected).equals(record.value())) {
			throw new IllegalStateException(
					"messages of key '%s' are out of order: expected=%d, content=%s, do not count this measurement"
						.formatted(record.key(), expected, record.value()));
		}
		this.next.put(record.key(), expected + this.keys);
		this.arrived++;
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
