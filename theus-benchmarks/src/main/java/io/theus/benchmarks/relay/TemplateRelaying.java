package io.theus.benchmarks.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * The template of Spring Kafka with its defaults, which acknowledge by all replicas, do
 * not repeat messages and wait 5 ms for a batch to fill.
 */
final class TemplateRelaying implements Relaying {

	private final DefaultKafkaProducerFactory<String, String> producers;

	private final KafkaTemplate<String, String> template;

	TemplateRelaying(String broker) {
		this.producers = new DefaultKafkaProducerFactory<>(
				Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
						StringSerializer.class, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class));
		this.template = new KafkaTemplate<>(this.producers);
	}

	@Override
	public void send(int first, int count, int keys) {
		List<CompletableFuture<?>> answers = new ArrayList<>(count);
		for (int number = first; number < first + count; number++) {
			answers.add(this.template.send(TOPIC, Relaying.key(number, keys), Relaying.content(number)));
		}
		answers.forEach(CompletableFuture::join);
	}

	@Override
	public void close() {
		this.producers.destroy();
	}

}
