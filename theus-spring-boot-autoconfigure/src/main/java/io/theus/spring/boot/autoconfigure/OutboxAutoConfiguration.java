package io.theus.spring.boot.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;

import io.theus.engine.TheusEngine;
import io.theus.outbox.OutboxRelay;
import io.theus.spring.OutboxRelayDecorator;
import io.theus.spring.OutboxRelayLifecycle;

/**
 * Auto-configuration that lets a relay, whoever defines it, deliver the outbox.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { TheusAutoConfiguration.class, KafkaOutboxAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "theus.outbox.enabled", matchIfMissing = true)
@ConditionalOnBean({ TheusEngine.class, OutboxRelay.class })
public final class OutboxAutoConfiguration {

	@Bean
	OutboxRelayLifecycle theusOutboxRelayLifecycle(TheusEngine engine, OutboxRelay relay, TheusProperties properties,
			ObjectProvider<OutboxRelayDecorator> decorators) {
		OutboxRelay decorated = relay;
		for (OutboxRelayDecorator decorator : decorators.orderedStream().toList()) {
			decorated = decorator.decorate(decorated);
		}
		return new OutboxRelayLifecycle(engine.outbox(), decorated, properties.outbox().drainTimeout());
	}

}
