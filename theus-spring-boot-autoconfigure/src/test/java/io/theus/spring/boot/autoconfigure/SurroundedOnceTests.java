package io.theus.spring.boot.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.process.ExecutionKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an execution under a key happens once together with its rows.
 */
class SurroundedOnceTests {

	private static final Executor THREADS = (task) -> new Thread(task, "other").start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TransactionAutoConfiguration.class,
				ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				TheusTransactionAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "theus.conflict.base=1ms")
		.withUserConfiguration(DeskConfiguration.class);

	@Test
	void repetitionWritesNoRow() {
		run((context, orders) -> {
			assertThat(orders.place("m-1")).isEqualTo("row 1");
			assertThat(orders.place("m-1")).isEqualTo("row 1");
			assertThat(context.getBean(TheusEngine.class).<String>execute("place", "m-1")).isEqualTo("row 1");
			assertThat(rows(context)).isEqualTo(1);
		});
	}

	@Test
	void repetitionWithinATransactionOfTheCallerWritesNoRow() {
		run((context, orders) -> {
			TransactionTemplate template = context.getBean(TransactionTemplate.class);
			template.executeWithoutResult((status) -> {
				assertThat(orders.place("m-1")).isEqualTo("row 1");
				assertThat(orders.place("m-1")).isEqualTo("row 1");
				status.setRollbackOnly();
			});
			assertThat(orders.place("m-1")).as("rolled back").isEqualTo("row 2");
			assertThat(rows(context)).isEqualTo(1);
		});
	}

	@Test
	void attemptThatComesSecondRollsItsRowBackAndRepeats() {
		run((context, orders) -> {
			AtomicInteger interferences = new AtomicInteger();
			orders.meanwhile(() -> {
				if (interferences.incrementAndGet() == 1) {
					assertThat(CompletableFuture.supplyAsync(() -> orders.place("m-1"), THREADS)
						.orTimeout(60, TimeUnit.SECONDS)
						.join()).isEqualTo("row 2");
				}
			});
			assertThat(orders.place("m-1")).isEqualTo("row 2");
			assertThat(rows(context)).isEqualTo(1);
		});
	}

	@Test
	void keyGivenByTheCallerReachesTheBean() {
		run((context, orders) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			assertThat(engine.<String>execute(ExecutionKey.of("k"), "placeAny")).isEqualTo("row 1");
			assertThat(engine.<String>execute(ExecutionKey.of("k"), "placeAny")).isEqualTo("row 1");
			assertThat(rows(context)).isEqualTo(1);
		});
	}

	private void run(BiConsumer<ApplicationContext, Orders> test) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context, context.getBean(Orders.class));
		});
	}

	private static long rows(ApplicationContext context) {
		return context.getBean(JdbcTemplate.class).queryForObject("select count(*) from orders", Long.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class DeskConfiguration {

		@Bean
		Orders orders(JdbcTemplate jdbc) {
			jdbc.execute("create table orders (text varchar(20))");
			return new Orders(jdbc);
		}

	}

	static class Orders {

		private final JdbcTemplate jdbc;

		private final AtomicInteger rows = new AtomicInteger();

		private Runnable meanwhile = () -> {
		};

		Orders(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		// A field of the proxy is not one of the bean
		void meanwhile(Runnable action) {
			this.meanwhile = action;
		}

		@Transactional
		@Process(once = "{messageId}")
		String place(String messageId) {
			String row = "row " + this.rows.incrementAndGet();
			this.jdbc.update("insert into orders (text) values (?)", row);
			this.meanwhile.run();
			return row;
		}

		@Transactional
		@Process
		String placeAny() {
			return place("any");
		}

	}

}
