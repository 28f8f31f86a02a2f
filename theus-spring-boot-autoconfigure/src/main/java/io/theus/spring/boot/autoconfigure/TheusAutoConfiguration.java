package io.theus.spring.boot.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.theus.ContractVariable;
import io.theus.InitialState;
import io.theus.conflict.ConflictPolicy;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.spring.ListenerBeans;
import io.theus.spring.ProcessProxyPostProcessor;
import io.theus.spring.ProcessRegistrar;
import io.theus.spring.TheusEngineCustomizer;

/**
 * Auto-configuration of the engine and the registration of processes.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ProcessBeansAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "theus.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TheusProperties.class)
public final class TheusAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TheusEngine theusEngine(ObjectProvider<TheusEngineCustomizer> customizers, ObjectProvider<InitialState> content,
			ObjectProvider<ContractVariable> variables) {
		TheusEngineBuilder builder = TheusEngine.builder().lateProcesses();
		content.orderedStream().forEach(builder::initialState);
		variables.orderedStream().forEach(builder::contractVariables);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	@Bean
	PropertiesEngineCustomizer theusPropertiesEngineCustomizer(TheusProperties properties, ListenerBeans listeners) {
		return new PropertiesEngineCustomizer(properties, listeners);
	}

	@Bean
	@ConditionalOnBean(ConflictPolicy.class)
	TheusEngineCustomizer theusConflictPolicyCustomizer(ConflictPolicy policy) {
		return (builder) -> builder.conflictPolicy(policy);
	}

	@Bean
	ListenerBeans theusListenerBeans(ListableBeanFactory beanFactory) {
		return new ListenerBeans(beanFactory);
	}

	@Bean
	ProcessRegistrar theusProcessRegistrar(TheusEngine engine, ConfigurableListableBeanFactory beanFactory,
			ProcessProxyPostProcessor proxies) {
		return new ProcessRegistrar(engine, beanFactory, proxies);
	}

}
