package io.theus.benchmarks.ledger;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.jta.JtaTransactionManager;

/**
 * Spring's transactions over Narayana's implementation of JTA, which STM objects join,
 * with class-based proxies.
 */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement(proxyTargetClass = true)
class NarayanaConfiguration {

	@Bean
	JtaTransactionManager transactionManager() {
		return new JtaTransactionManager(com.arjuna.ats.jta.UserTransaction.userTransaction(),
				com.arjuna.ats.jta.TransactionManager.transactionManager());
	}

}
