package io.theus.spring.boot.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Processes that write a database besides the state, on a real one.
 */
class TransactionalProcessTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				TransactionAutoConfiguration.class, ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "theus.conflict.base=1ms",
				"theus.conflict.max-attempts=3")
		.withUserConfiguration(OrdersConfiguration.class);

	@Test
	void refusedCommitRollsDatabaseBackAndTheNextAttemptWritesItOnce() {
		this.runner.run((context) -> {
			Orders orders = context.getBean(Orders.class);
			context.getBean(AtomicInteger.class).set(2);
			orders.place("o-1");
			assertThat(rows(context.getBean(JdbcTemplate.class))).isEqualTo(1);
			assertThat(context.getBean(TheusEngine.class).state().get("domain.orders.count", Long.class)).isEqualTo(1);
		});
	}

	@Test
	void executionThatGivesUpLeavesNoRow() {
		this.runner.run((context) -> {
			Orders orders = context.getBean(Orders.class);
			context.getBean(AtomicInteger.class).set(3);
			assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> orders.place("o-1"))
				.withMessageContaining("attempts=3");
			assertThat(rows(context.getBean(JdbcTemplate.class))).isZero();
		});
	}

	@Test
	void undeclaredWriteLeavesNoRow() {
		this.runner.run((context) -> {
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> context.getBean(Orders.class).placeElsewhere("o-1"))
				.withMessageContaining("domain.elsewhere");
			assertThat(rows(context.getBean(JdbcTemplate.class))).isZero();
		});
	}

	private static long rows(JdbcTemplate jdbc) {
		return jdbc.queryForObject("select count(*) from orders", Long.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class OrdersConfiguration {

		@Bean
		AtomicInteger conflicts() {
			return new AtomicInteger();
		}

		@Bean
		Orders orders(ProcessContext state, JdbcTemplate jdbc, TheusEngine engine, AtomicInteger conflicts) {
			jdbc.execute("create table orders (id varchar(20))");
			return new Orders(state, jdbc, engine, conflicts);
		}

	}

	static class Orders {

		private final ProcessContext state;

		private final JdbcTemplate jdbc;

		private final TheusEngine engine;

		private final AtomicInteger conflicts;

		Orders(ProcessContext state, JdbcTemplate jdbc, TheusEngine engine, AtomicInteger conflicts) {
			this.state = state;
			this.jdbc = jdbc;
			this.engine = engine;
			this.conflicts = conflicts;
		}

		@Transactional
		@Process(updates = "domain.orders")
		void place(String id) {
			long count = this.state.getOrDefault("domain.orders.count", 0L);
			this.jdbc.update("insert into orders (id) values (?)", id);
			if (this.conflicts.getAndDecrement() > 0) {
				CompletableFuture.runAsync(this::interfere).join();
			}
			this.state.set("domain.orders.count", count + 1);
		}

		@Transactional
		@Process(updates = "domain.orders")
		void placeElsewhere(String id) {
			this.jdbc.update("insert into orders (id) values (?)", id);
			this.state.set("domain.elsewhere", id);
		}

		// Another value each time, because an equal one is no change; 0 in the end
		private void interfere() {
			long value = -this.conflicts.get();
			this.engine.transact((tx) -> {
				tx.set("domain.orders.count", value);
				return true;
			});
		}

	}

}
