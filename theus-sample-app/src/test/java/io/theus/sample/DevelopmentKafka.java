package io.theus.sample;

import java.util.List;
import java.util.Map;

import org.apache.kafka.common.utils.Exit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * A Kafka broker within the application for development and tests, unless
 * {@code spring.kafka.bootstrap-servers} names one outside.
 */
@TestConfiguration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.kafka.bootstrap-servers", matchIfMissing = true, havingValue = "embedded")
class DevelopmentKafka {

	@Bean(destroyMethod = "destroy")
	EmbeddedKafkaBroker broker() {
		// The broker deletes its files when it is destroyed. On Ctrl-C its own hook would
		// do
		// so while it still writes, and the log would end with errors.
		Exit.setShutdownHookAdder((name, hook) -> {
		});
		return new EmbeddedKafkaKraftBroker(1, 4, "orders", "invoices")
			.brokerProperties(Map.of("group.initial.rebalance.delay.ms", "0", "offsets.topic.num.partitions", "1"));
	}

	@Bean
	KafkaConnectionDetails kafkaConnectionDetails(EmbeddedKafkaBroker broker) {
		return () -> List.of(broker.getBrokersAsString().split(","));
	}

}
