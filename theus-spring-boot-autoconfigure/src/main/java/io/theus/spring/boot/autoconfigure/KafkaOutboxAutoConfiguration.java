package io.theus.spring.boot.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaTemplate;

import io.theus.outbox.MessageFormat;
import io.theus.outbox.OutboxRelay;
import io.theus.spring.kafka.KafkaOutboxRelay;

/**
 * Auto-configuration of the delivery of the outbox to Kafka, by Boot's properties and
 * connection details. A bean of type {@link OutboxRelay} takes its place.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { KafkaAutoConfiguration.class, TheusAutoConfiguration.class, OutboxRelayAutoConfiguration.class })
@ConditionalOnClass({ KafkaTemplate.class, KafkaConnectionDetails.class })
@ConditionalOnBooleanProperty(name = "theus.outbox.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = OutboxRelayAutoConfiguration.RELAY, havingValue = "kafka", matchIfMissing = true)
@ConditionalOnBean({ KafkaProperties.class, KafkaConnectionDetails.class, MessageFormat.class })
public final class KafkaOutboxAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(OutboxRelay.class)
	KafkaOutboxRelay kafkaOutboxRelay(KafkaProperties properties, KafkaConnectionDetails connection,
			ObjectProvider<DefaultKafkaProducerFactoryCustomizer> customizers, MessageFormat format) {
		return new KafkaOutboxRelay(OutboxProducers.create(properties, connection.getProducer(), customizers), format);
	}

}
