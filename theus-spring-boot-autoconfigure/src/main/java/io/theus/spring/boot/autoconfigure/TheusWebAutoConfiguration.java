package io.theus.spring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;

import io.theus.engine.TheusEngine;
import io.theus.spring.web.ProblemDetailsAdvice;

/**
 * Auto-configuration of problem details for Web MVC.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TheusAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnBean(TheusEngine.class)
@EnableConfigurationProperties(TheusWebProperties.class)
public final class TheusWebAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "theus.web.problem-details", matchIfMissing = true)
	ProblemDetailsAdvice theusProblemDetailsAdvice() {
		return new ProblemDetailsAdvice();
	}

}
