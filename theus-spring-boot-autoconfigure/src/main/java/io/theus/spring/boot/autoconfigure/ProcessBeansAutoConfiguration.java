package io.theus.spring.boot.autoconfigure;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;

import io.theus.ProcessContext;
import io.theus.process.CurrentContext;
import io.theus.spring.AdviceOrderPostProcessor;
import io.theus.spring.ProcessProxyPostProcessor;

/**
 * Auto-configuration that guards the process methods of beans. There is no condition on
 * it: where Theus is switched off, process methods must fail rather than run unguarded.
 *
 * @since 0.1.0
 */
@AutoConfiguration
public final class ProcessBeansAutoConfiguration {

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ProcessProxyPostProcessor theusProcessProxyPostProcessor() {
		return new ProcessProxyPostProcessor();
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static AdviceOrderPostProcessor theusAdviceOrderPostProcessor() {
		return new AdviceOrderPostProcessor();
	}

	// Resolves to the running attempt, whatever its engine, and depends on none, so that
	// what the engine depends on may call processes.
	@Bean
	@ConditionalOnMissingBean
	ProcessContext processContext() {
		return new CurrentContext();
	}

}
