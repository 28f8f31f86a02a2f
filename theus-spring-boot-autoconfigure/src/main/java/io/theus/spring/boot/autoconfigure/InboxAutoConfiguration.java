package io.theus.spring.boot.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;

import io.theus.Isolation;
import io.theus.engine.TheusEngine;
import io.theus.spring.Inbox;
import io.theus.spring.kafka.KafkaInbox;
import io.theus.spring.observation.InboxMetrics;
import io.theus.transaction.TransactionOptions;

/**
 * Auto-configuration of what recognises messages that come twice.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TheusAutoConfiguration.class)
@ConditionalOnBean(TheusEngine.class)
public final class InboxAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	Inbox theusInbox(TheusEngine engine, TheusProperties properties) {
		TransactionOptions options = new TransactionOptions("", properties.conflict().maxAttempts(),
				properties.process().timeout(), Isolation.DEFAULT);
		return new Inbox(engine, options, properties.inbox().retain());
	}

	/**
	 * The inbox for listeners of Kafka.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(KafkaTemplate.class)
	static class KafkaConfiguration {

		@Bean
		@ConditionalOnMissingBean
		KafkaInbox theusKafkaInbox(Inbox inbox) {
			return new KafkaInbox(inbox);
		}

	}

	/**
	 * The counters of the inbox.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		InboxMetrics theusInboxMetrics(Inbox inbox) {
			return new InboxMetrics(inbox);
		}

	}

}
