package io.theus.benchmarks.ledger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/**
 * What Spring Boot configures for an application with H2 and {@code JdbcTemplate}: a
 * HikariCP pool with its defaults and class-based proxies.
 */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement(proxyTargetClass = true)
class JdbcConfiguration {

	@Bean
	HikariDataSource dataSource() {
		HikariDataSource dataSource = new HikariDataSource();
		// Waiting for a row that the other thread holds is part of the work, not an
		// error.
		dataSource.setJdbcUrl("jdbc:h2:mem:ledger;LOCK_TIMEOUT=30000");
		dataSource.setUsername("sa");
		return dataSource;
	}

	@Bean
	JdbcTransactionManager transactionManager(DataSource dataSource) {
		return new JdbcTransactionManager(dataSource);
	}

	@Bean
	JdbcTemplate jdbcTemplate(DataSource dataSource) {
		return new JdbcTemplate(dataSource);
	}

	@Bean
	JdbcAccounts accounts(JdbcTemplate jdbcTemplate) {
		return new JdbcAccounts(jdbcTemplate);
	}

}
