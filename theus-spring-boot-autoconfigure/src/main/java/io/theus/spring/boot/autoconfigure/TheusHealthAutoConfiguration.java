package io.theus.spring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

import io.theus.engine.TheusEngine;
import io.theus.spring.actuate.StoppedEngineReadiness;
import io.theus.spring.actuate.TheusHealthIndicator;

/**
 * Auto-configuration of the health indicator {@code theus}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TheusAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(TheusEngine.class)
@EnableConfigurationProperties(EndpointPathsProperties.class)
public final class TheusHealthAutoConfiguration {

	@Bean
	@ConditionalOnEnabledHealthIndicator("theus")
	@ConditionalOnMissingBean(name = "theusHealthIndicator")
	TheusHealthIndicator theusHealthIndicator(TheusEngine engine, EndpointPathsProperties paths) {
		return new TheusHealthIndicator(engine, paths.limits());
	}

	@Bean
	@ConditionalOnMissingBean
	StoppedEngineReadiness theusStoppedEngineReadiness(ApplicationContext context) {
		return new StoppedEngineReadiness(context);
	}

}
