package io.theus.spring.boot.autoconfigure;

import jakarta.validation.Validator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.invariant.Invariant;
import io.theus.schema.BeanConstraints;
import io.theus.spring.TheusEngineCustomizer;

/**
 * Auto-configuration of what the state begins with and must look like.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TheusAutoConfiguration.class,
		afterName = "org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration")
@ConditionalOnBooleanProperty(name = "theus.enabled", matchIfMissing = true)
public final class TheusStateAutoConfiguration {

	@Bean
	StateCustomizer theusStateCustomizer(TheusProperties properties, ApplicationContext context) {
		return new StateCustomizer(properties.state(), context.getEnvironment(), context, context);
	}

	@Bean
	InvariantCustomizer theusInvariantCustomizer(ObjectProvider<Invariant> invariants) {
		return new InvariantCustomizer(invariants);
	}

	/**
	 * Checks the constraints of state records where bean validation is present.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Validator.class)
	@ConditionalOnBean(Validator.class)
	static class ConstraintsConfiguration {

		@Bean
		TheusEngineCustomizer theusConstraintsCustomizer(Validator validator) {
			return (builder) -> builder.constraints(new BeanConstraints(validator));
		}

	}

}
