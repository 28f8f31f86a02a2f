package io.theus.spring.boot.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionSynchronization;

import io.theus.spring.TheusEngineCustomizer;
import io.theus.spring.transaction.SpringTransactions;

/**
 * Auto-configuration of work that is part of Spring's transactions.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = TheusAutoConfiguration.class)
@ConditionalOnClass(TransactionSynchronization.class)
@ConditionalOnBooleanProperty(name = "theus.transaction.join-spring", matchIfMissing = true)
public final class TheusTransactionAutoConfiguration {

	@Bean
	TheusEngineCustomizer theusTransactionCustomizer() {
		return (builder) -> builder.surroundings(new SpringTransactions());
	}

}
