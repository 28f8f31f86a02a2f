package io.theus.spring.boot.autoconfigure;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.theus.engine.TheusEngine;
import io.theus.outbox.MessageFormat;
import io.theus.outbox.OutboxRelay;
import io.theus.spring.outbox.EventOutboxRelay;
import io.theus.spring.outbox.HttpDestinations;
import io.theus.spring.outbox.HttpOutboxRelay;
import io.theus.spring.outbox.LoggingOutboxRelay;
import io.theus.spring.outbox.Masking;

/**
 * Auto-configuration of the format of messages and of the relays that
 * {@code theus.outbox.relay} may ask for besides Kafka. A bean of type
 * {@link OutboxRelay} takes their place.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TheusAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "theus.outbox.enabled", matchIfMissing = true)
@ConditionalOnBean(TheusEngine.class)
public final class OutboxRelayAutoConfiguration {

	static final String RELAY = "theus.outbox.relay";

	@Bean
	@ConditionalOnMissingBean
	MessageFormat theusMessageFormat(TheusProperties properties, Environment environment) {
		String source = properties.outbox().source();
		String given = (source != null) ? source : defaultSource(properties, environment);
		try {
			MessageFormat events = MessageFormat.cloudEvents(given);
			return (properties.outbox().format() == TheusProperties.Format.CLOUDEVENTS) ? events
					: MessageFormat.plain();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidTheusPropertyException("theus.outbox.source", ex);
		}
	}

	private static String defaultSource(TheusProperties properties, Environment environment) {
		String name = environment.getProperty("spring.application.name");
		if (name == null || name.isBlank()) {
			name = (properties.nodeId() != null) ? properties.nodeId() : "theus";
		}
		return "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
	}

	@Bean
	@ConditionalOnProperty(name = RELAY, havingValue = "events")
	@ConditionalOnMissingBean(OutboxRelay.class)
	EventOutboxRelay theusEventOutboxRelay(ApplicationEventPublisher events) {
		return new EventOutboxRelay(events);
	}

	@Bean
	@ConditionalOnProperty(name = RELAY, havingValue = "http")
	@ConditionalOnMissingBean(OutboxRelay.class)
	HttpOutboxRelay theusHttpOutboxRelay(TheusProperties properties, MessageFormat format) {
		TheusProperties.HttpRelay http = properties.outbox().http();
		try {
			return new HttpOutboxRelay(
					new HttpDestinations(http.url(), http.urls(), http.headers(), http.timeout(), http.connections()),
					format);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidTheusPropertyException("theus.outbox.http", ex);
		}
	}

	@Bean
	@ConditionalOnProperty(name = RELAY, havingValue = "logging")
	@ConditionalOnMissingBean(OutboxRelay.class)
	LoggingOutboxRelay theusLoggingOutboxRelay(TheusProperties properties, ObjectProvider<Masking> masking) {
		boolean shown = properties.outbox().logging().showContent();
		return new LoggingOutboxRelay(shown ? masking.getIfAvailable(() -> Masking.NONE) : null);
	}

	/**
	 * Lets the sanitizing functions of the application mask what logs show.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SanitizingFunction.class)
	@ConditionalOnProperty(name = RELAY, havingValue = "logging")
	static class SanitizingConfiguration {

		@Bean
		@ConditionalOnMissingBean
		Masking theusMessageMasking(ObjectProvider<SanitizingFunction> functions) {
			Sanitizer sanitizer = new Sanitizer(functions.orderedStream().toList());
			return (key, value) -> mask(sanitizer, key, value);
		}

		private static @Nullable Object mask(Sanitizer sanitizer, String key, @Nullable Object value) {
			return sanitizer.sanitize(new SanitizableData(null, key, value), true);
		}

	}

}
