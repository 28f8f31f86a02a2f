package io.theus.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Parallel processes as methods of beans, with all advice around them.
 */
@Timeout(120)
class ParallelBeansTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, ProcessBeansAutoConfiguration.class,
				TheusTransactionAutoConfiguration.class, TheusAutoConfiguration.class))
		.withUserConfiguration(SecurityConfiguration.class)
		.withBean(Journal.class)
		.withBean(Inside.class)
		.withBean("desk", Desk.class);

	@AfterEach
	void logOut() {
		SecurityContextHolder.clearContext();
	}

	private void run(BiConsumer<Desk, TheusEngine> test) {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("ann", "x", "ROLE_TELLER"));
		this.runner.run((context) -> {
			context.getBean(Journal.class).lines.clear();
			test.accept(context.getBean(Desk.class), context.getBean(TheusEngine.class));
		});
	}

	private static String kind() {
		return Thread.currentThread().getName().replaceAll("[0-9]+$", "n");
	}

	@Test
	void methodRunsInThePoolAndItsCallerWaits() {
		run((desk, engine) -> {
			assertThat(desk.book("o-1")).isEqualTo("theus-parallel-n");
			assertThat(engine.state().get("domain.orders.o-1")).isEqualTo("theus-parallel-n");
			assertThat(engine.<String>execute("book", "o-2")).isEqualTo("theus-parallel-n");
		});
	}

	@Test
	void callersOnDifferentThreadsRunSideBySide() {
		run((desk, engine) -> {
			Thread other = new Thread(desk::meet, "other");
			other.start();
			desk.meet();
		});
	}

	@Test
	void securityIsCheckedForTheCaller() {
		run((desk, engine) -> {
			SecurityContextHolder.getContext()
				.setAuthentication(new TestingAuthenticationToken("eve", "x", "ROLE_VISITOR"));
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> desk.book("o-1"));
			assertThat(engine.parallel().completed()).isZero();
		});
	}

	// Such advice asks for the invocation that is bound to its thread
	@Test
	void adviceInsideRunsInThePoolToo() {
		this.runner.withUserConfiguration(TransactionConfiguration.class).run((context) -> {
			Journal journal = context.getBean(Journal.class);
			assertThat(context.getBean(Desk.class).open("o-1")).isEqualTo("theus-parallel-n");
			assertThat(journal.lines).containsExactly("open o-1 theus-parallel-n");
		});
	}

	@Test
	void withinATransactionOfADatabaseItIsAPartOfThat() {
		run((desk, engine) -> {
			TransactionTemplate template = new TransactionTemplate(new DataSourceTransactionManager(
					new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2).generateUniqueName(true).build()));
			template.executeWithoutResult((status) -> {
				assertThat(desk.book("o-1")).isEqualTo(kind()).isNotEqualTo("theus-parallel-n");
				status.setRollbackOnly();
			});
			assertThat(engine.state().contains("domain.orders.o-1")).isFalse();
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class SecurityConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(order = 0)
	static class TransactionConfiguration {

		@Bean
		DataSourceTransactionManager transactionManager() {
			return new DataSourceTransactionManager(
					new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2).generateUniqueName(true).build());
		}

	}

	static class Journal {

		final List<String> lines = Collections.synchronizedList(new ArrayList<>());

	}

	@Aspect
	@Order(1)
	static class Inside {

		private final Journal journal;

		Inside(Journal journal) {
			this.journal = journal;
		}

		@Before("execution(* io.theus.spring.boot.autoconfigure.ParallelBeansTests.Desk.open(..)) && args(order)")
		void note(JoinPoint call, String order) {
			this.journal.lines.add(call.getSignature().getName() + " " + order + " " + kind());
		}

	}

	static class Desk {

		private final ProcessContext context;

		private final CyclicBarrier both = new CyclicBarrier(2);

		Desk(ProcessContext context) {
			this.context = context;
		}

		@PreAuthorize("hasRole('TELLER')")
		@Process(parallel = true, outputs = "domain.orders.{order}")
		String book(String order) {
			this.context.set("domain.orders." + order, kind());
			return kind();
		}

		@Transactional
		@Process(parallel = true)
		String open(String order) {
			return kind();
		}

		@Process(parallel = true)
		void meet() {
			try {
				this.both.await(60, TimeUnit.SECONDS);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
