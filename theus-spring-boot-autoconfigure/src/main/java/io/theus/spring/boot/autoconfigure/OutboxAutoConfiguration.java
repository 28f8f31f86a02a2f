package io.theus.spring.boot.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

import io.theus.engine.TheusEngine;
import io.theus.outbox.OutboxRelay;
import io.theus.spring.OutboxRelayDecorator;
import io.theus.spring.OutboxRelayLifecycle;

/**
 * Auto-configuration that lets a relay, whoever defines it, deliver the outbox.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { TheusAutoConfiguration.class, KafkaOutboxAutoConfiguration.class,
		OutboxRelayAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "theus.outbox.enabled", matchIfMissing = true)
@ConditionalOnBean(TheusEngine.class)
public final class OutboxAutoConfiguration {

	@Bean
	@Conditional(RelayExpected.class)
	OutboxRelayLifecycle theusOutboxRelayLifecycle(TheusEngine engine, ListableBeanFactory beanFactory,
			TheusProperties properties, ObjectProvider<OutboxRelayDecorator> decorators) {
		OutboxRelay relay = new RelayChoice(beanFactory, properties.outbox().relay()).choose();
		for (OutboxRelayDecorator decorator : decorators.orderedStream().toList()) {
			relay = decorator.decorate(relay);
		}
		return new OutboxRelayLifecycle(engine.outbox(), relay, properties.outbox().drainTimeout());
	}

	/**
	 * There is a relay, or there should be one.
	 */
	static final class RelayExpected extends AnyNestedCondition {

		RelayExpected() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		/**
		 * There is one.
		 */
		@ConditionalOnBean(OutboxRelay.class)
		static final class Defined {

		}

		/**
		 * One is asked for.
		 */
		@ConditionalOnProperty(OutboxRelayAutoConfiguration.RELAY)
		static final class Named {

		}

	}

}
