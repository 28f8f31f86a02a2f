package io.theus.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.Positive;
import org.aopalliance.aop.Advice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.MethodValidationInterceptor;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.process.ProcessExecution;
import io.theus.process.ProcessListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Runs one process under every combination of advice and of the ways in which Spring may
 * make proxies.
 */
class AdviceOrderTests {

	@AfterEach
	void logOut() {
		SecurityContextHolder.clearContext();
	}

	static Stream<SetUp> combinations() {
		List<SetUp> setUps = new ArrayList<>();
		for (String proxies : List.of("spring.aop.auto=true", "spring.aop.auto=false",
				"spring.aop.proxy-target-class=false")) {
			for (int bits = 0; bits < 16; bits++) {
				setUps.add(new SetUp(proxies, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0));
			}
		}
		return setUps.stream();
	}

	@ParameterizedTest
	@MethodSource("combinations")
	void eachAttemptHasItsOwnTransactionAndIsOnlyTriedIfItIsAllowed(SetUp setUp) {
		setUp.runner().run((context) -> {
			Ledger ledger = context.getBean(Ledger.class);
			Journal journal = context.getBean(Journal.class);
			logInAs("TELLER");
			journal.conflicts = 1;
			assertThat(ledger.add(5)).isEqualTo(1005);
			assertThat(journal.events).isEqualTo(setUp.transactions()
					? List.of("begin", "body", "rollback", "begin", "body", "commit") : List.of("body", "body"));
			assertThat(journal.executions).singleElement()
				.satisfies((execution) -> assertThat(execution.attempts()).isEqualTo(2));
			journal.clear();
			if (setUp.validation()) {
				assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> ledger.add(-5));
				assertThat(journal.isEmpty()).isTrue();
			}
			if (setUp.security()) {
				logInAs("VISITOR");
				assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> ledger.add(-5));
				assertThatExceptionOfType(AccessDeniedException.class)
					.isThrownBy(() -> context.getBean(TheusEngine.class).execute("add", 5L));
				assertThat(journal.isEmpty()).isTrue();
			}
		});
	}

	@ParameterizedTest
	@MethodSource("combinations")
	void engineRunsProcessThroughAllAdvice(SetUp setUp) {
		setUp.runner().run((context) -> {
			Journal journal = context.getBean(Journal.class);
			logInAs("TELLER");
			assertThat(context.getBean(TheusEngine.class).<Long>execute("ledger.add", 5L)).isEqualTo(5);
			assertThat(journal.events)
				.isEqualTo(setUp.transactions() ? List.of("begin", "body", "commit") : List.of("body"));
			if (setUp.validation()) {
				assertThatExceptionOfType(ConstraintViolationException.class)
					.isThrownBy(() -> context.getBean(TheusEngine.class).execute("ledger.add", -5L));
			}
		});
	}

	@Test
	void proxyMadeFromInterfacesHasTheSameOrder() {
		new SetUp("spring.aop.proxy-target-class=false", true, true, true, true).runner()
			.withBean("adding", AddingLedger.class)
			.run((context) -> {
				Adding adding = context.getBean(Adding.class);
				Journal journal = context.getBean(Journal.class);
				assertThat(AopUtils.isJdkDynamicProxy(adding)).isTrue();
				logInAs("TELLER");
				journal.conflicts = 1;
				adding.add(5);
				assertThat(journal.events).containsExactly("begin", "body", "rollback", "begin", "body", "commit");
				journal.clear();
				logInAs("VISITOR");
				assertThatExceptionOfType(AccessDeniedException.class)
					.isThrownBy(() -> context.getBean(TheusEngine.class).execute("adding.add", -5L));
				logInAs("TELLER");
				assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> adding.add(-5));
				assertThat(journal.isEmpty()).isTrue();
			});
	}

	@Test
	void undeclaredFailureRollsBackBothTransactions() {
		new SetUp("spring.aop.auto=true", true, true, true, true).runner().run((context) -> {
			logInAs("TELLER");
			Journal journal = context.getBean(Journal.class);
			journal.failure = new IllegalStateException("broken");
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> context.getBean(Ledger.class).add(5))
				.isSameAs(journal.failure);
			assertThat(journal.events).containsExactly("begin", "body", "rollback");
			assertThat(context.getBean(TheusEngine.class).state().contains("domain.total")).isFalse();
		});
	}

	@Test
	void retryStaysOutsideOfTransactionThatIsOrderedBeforeSecurity() {
		new SetUp("spring.aop.auto=true", true, true, true, false).runner()
			.withUserConfiguration(TransactionFirstConfiguration.class)
			.run((context) -> {
				logInAs("TELLER");
				Journal journal = context.getBean(Journal.class);
				journal.conflicts = 1;
				context.getBean(Ledger.class).add(5);
				assertThat(journal.events).containsExactly("begin", "body", "rollback", "begin", "body", "commit");
				journal.clear();
				logInAs("VISITOR");
				assertThatExceptionOfType(AccessDeniedException.class)
					.isThrownBy(() -> context.getBean(Ledger.class).add(-5));
				assertThat(journal.events).containsExactly("begin", "rollback");
			});
	}

	@Test
	void adviceIsOrderedInTheProxyItself() {
		new SetUp("spring.aop.auto=true", true, true, true, true).runner().run((context) -> {
			Advised advised = (Advised) context.getBean(Ledger.class);
			assertThat(advised.getAdvisors()).extracting((advisor) -> kind(advisor.getAdvice()))
				.containsSubsequence("security", "validation", "execution", "transaction", "attempt")
				.endsWith("attempt");
		});
	}

	private static String kind(Advice advice) {
		if (advice instanceof AuthorizationAdvisor) {
			return "security";
		}
		if (advice instanceof MethodValidationInterceptor) {
			return "validation";
		}
		if (advice instanceof TransactionInterceptor) {
			return "transaction";
		}
		return advice.getClass().getSimpleName().toLowerCase(Locale.ROOT).replaceFirst(".*(execution|attempt).*", "$1");
	}

	private static void logInAs(String role) {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("someone", "", "ROLE_" + role));
	}

	record SetUp(String proxies, boolean security, boolean validation, boolean transactions, boolean aspects) {

		ApplicationContextRunner runner() {
			ApplicationContextRunner runner = new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class,
						ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class))
				.withPropertyValues(this.proxies, "theus.conflict.base=1ms")
				.withUserConfiguration(LedgerConfiguration.class);
			if (!this.aspects) {
				runner = runner.withClassLoader(new FilteredClassLoader("org.aspectj"));
			}
			if (this.security) {
				runner = runner.withUserConfiguration(SecurityConfiguration.class);
			}
			if (this.validation) {
				runner = runner.withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class));
			}
			if (this.transactions) {
				runner = runner.withConfiguration(AutoConfigurations.of(TransactionAutoConfiguration.class))
					.withUserConfiguration(TransactionConfiguration.class);
			}
			return runner;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LedgerConfiguration {

		@Bean
		Ledger ledger(ProcessContext state, Journal journal) {
			return new Ledger(state, journal);
		}

		@Bean
		Journal journal() {
			return new Journal();
		}

		@Bean
		Rival rival(TheusEngine engine) {
			return new Rival(engine);
		}

		@Bean
		Object rivalOfJournal(Journal journal, Rival rival) {
			journal.rival = rival;
			return rival;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class SecurityConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	static class TransactionConfiguration {

		@Bean
		RecordingTransactionManager transactionManager(Journal journal) {
			return new RecordingTransactionManager(journal);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableTransactionManagement(order = 0)
	static class TransactionFirstConfiguration {

	}

	@Validated
	public static class Ledger {

		private final ProcessContext state;

		private final Journal journal;

		Ledger(ProcessContext state, Journal journal) {
			this.state = state;
			this.journal = journal;
		}

		@Transactional
		@PreAuthorize("hasRole('TELLER')")
		@Process(updates = "domain.total")
		public long add(@Positive long amount) {
			long total = this.state.getOrDefault("domain.total", 0L) + amount;
			this.journal.body();
			this.state.set("domain.total", total);
			return total;
		}

	}

	interface Adding {

		long add(@Positive long amount);

	}

	@Validated
	public static class AddingLedger implements Adding {

		private final ProcessContext state;

		private final Journal journal;

		AddingLedger(ProcessContext state, Journal journal) {
			this.state = state;
			this.journal = journal;
		}

		@Override
		@Transactional
		@PreAuthorize("hasRole('TELLER')")
		@Process(updates = "domain.total")
		public long add(long amount) {
			long total = this.state.getOrDefault("domain.total", 0L) + amount;
			this.journal.body();
			this.state.set("domain.total", total);
			return total;
		}

	}

	public static class Journal implements ProcessListener {

		final List<String> events = new ArrayList<>();

		final List<ProcessExecution> executions = new ArrayList<>();

		int conflicts;

		RuntimeException failure;

		Rival rival;

		void body() {
			this.events.add("body");
			if (this.failure != null) {
				throw this.failure;
			}
			if (this.conflicts > 0) {
				this.conflicts--;
				this.rival.interfere();
			}
		}

		boolean isEmpty() {
			return this.events.isEmpty() && this.executions.isEmpty();
		}

		void clear() {
			this.events.clear();
			this.executions.clear();
		}

		@Override
		public void finished(ProcessExecution execution) {
			this.executions.add(execution);
		}

	}

	public static class Rival {

		private final TheusEngine engine;

		Rival(TheusEngine engine) {
			this.engine = engine;
		}

		void interfere() {
			CompletableFuture.runAsync(() -> this.engine.transact((tx) -> {
				tx.set("domain.total", 1000L);
				return true;
			})).join();
		}

	}

	static class RecordingTransactionManager extends AbstractPlatformTransactionManager {

		private final transient Journal journal;

		RecordingTransactionManager(Journal journal) {
			this.journal = journal;
		}

		@Override
		protected Object doGetTransaction() {
			return "transaction";
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			this.journal.events.add("begin");
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
			this.journal.events.add("commit");
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
			this.journal.events.add("rollback");
		}

	}

}
