package io.theus.spring.boot.autoconfigure;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.context.support.AbstractApplicationContext;

import io.theus.engine.TheusEngine;
import io.theus.path.InvalidTopicException;
import io.theus.path.TopicPattern;
import io.theus.spring.signal.SignalEvents;
import io.theus.spring.signal.SignalListenerPostProcessor;
import io.theus.spring.signal.SignalListeners;

/**
 * Auto-configuration of signal listeners and of signals as events of the application.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TheusAutoConfiguration.class)
@ConditionalOnBean(TheusEngine.class)
public final class SignalAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static SignalListenerPostProcessor theusSignalListenerPostProcessor() {
		return new SignalListenerPostProcessor();
	}

	@Bean
	SignalListeners theusSignalListeners(TheusEngine engine, ConfigurableListableBeanFactory beanFactory,
			SignalListenerPostProcessor made, TheusProperties properties) {
		return new SignalListeners(engine.signals(), beanFactory, made, properties.signals().drainTimeout());
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "theus.signals.events.enabled", matchIfMissing = true)
	SignalEvents theusSignalEvents(SignalListeners listeners, AbstractApplicationContext context,
			TheusProperties properties) {
		return new SignalEvents(listeners, context, topics(properties.signals().events()));
	}

	private static String topics(TheusProperties.SignalEvents events) {
		try {
			return TopicPattern.compile(events.topics()).toString();
		}
		catch (InvalidTopicException ex) {
			throw new InvalidTheusPropertyException("theus.signals.events.topics", String.valueOf(ex.getMessage()));
		}
	}

}
