package io.theus.spring.boot.autoconfigure;

import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.util.StringUtils;

/**
 * Makes the producer factory of the outbox from Boot's properties. What delivery depends
 * on is fixed: bytes, acknowledgement by all replicas, no duplicates by the client's own
 * retries. What it merely prefers is set where the application has not.
 */
final class OutboxProducers {

	private static final int CLOSE_TIMEOUT_SECONDS = 2;

	private static final int BATCH_SIZE = 65_536;

	private OutboxProducers() {
	}

	static DefaultKafkaProducerFactory<byte[], byte[]> create(KafkaProperties properties,
			KafkaConnectionDetails.Configuration connection,
			ObjectProvider<DefaultKafkaProducerFactoryCustomizer> customizers) {
		Map<String, Object> settings = properties.buildProducerProperties();
		applyConnection(settings, connection);
		applyPreferences(settings);
		applyGuarantees(settings);
		DefaultKafkaProducerFactory<byte[], byte[]> producers = new DefaultKafkaProducerFactory<>(settings);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(producers));
		producers.setKeySerializer(new ByteArraySerializer());
		producers.setValueSerializer(new ByteArraySerializer());
		producers.setPhysicalCloseTimeout(CLOSE_TIMEOUT_SECONDS);
		return producers;
	}

	// As Boot does for its own producer factory
	private static void applyConnection(Map<String, Object> settings, KafkaConnectionDetails.Configuration connection) {
		settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, connection.getBootstrapServers());
		String protocol = connection.getSecurityProtocol();
		if (StringUtils.hasLength(protocol)) {
			settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
		}
		SslBundle bundle = connection.getSslBundle();
		if (bundle != null) {
			settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslBundleSslEngineFactory.class);
			settings.put(SslBundle.class.getName(), bundle);
		}
	}

	private static void applyPreferences(Map<String, Object> settings) {
		settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2000);
		// While one request is under way the next batch fills anyway
		settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
		settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_SIZE);
		// More of them would not keep order when one is lost, see KafkaOutboxRelay
		settings.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
		settings.merge(ProducerConfig.CLIENT_ID_CONFIG, "theus-outbox", (own, suffix) -> own + "-" + suffix);
		// The default of two minutes would leave trouble unnoticed for as long
		if (!settings.containsKey(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG)
				&& !settings.containsKey(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
			settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
			settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
		}
	}

	private static void applyGuarantees(Map<String, Object> settings) {
		settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		settings.put(ProducerConfig.ACKS_CONFIG, "all");
		settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
	}

}
