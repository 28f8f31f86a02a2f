package io.theus.spring.boot.autoconfigure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import jakarta.validation.ConstraintViolationException;
import jakarta.validation.constraints.Positive;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.validation.annotation.Validated;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import io.theus.ProcessContext;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.engine.TheusEngine;
import io.theus.process.BlockingCallException;
import io.theus.process.CallOutcome;
import io.theus.process.CallSettings;
import io.theus.process.ProcessExecution;
import io.theus.process.ProcessListener;
import io.theus.process.ProcessOutcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Asynchronous processes as methods of beans, with all advice around them.
 */
@Timeout(120)
class AsynchronousBeansTests {

	private static final Duration SOON = Duration.ofSeconds(30);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, ValidationAutoConfiguration.class,
				ProcessBeansAutoConfiguration.class, TheusReactorAutoConfiguration.class,
				TheusTransactionAutoConfiguration.class, TheusAutoConfiguration.class))
		.withUserConfiguration(SecurityConfiguration.class)
		.withPropertyValues("theus.conflict.base=1ms")
		.withBean(Journal.class)
		.withBean(Counting.class)
		.withBean("desk", Desk.class);

	@AfterEach
	void logOut() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void monoRunsOncePerSubscriptionAndNotBefore() {
		run((desk, journal, engine) -> {
			Mono<String> call = desk.reserve("o-1");
			assertThat(journal.bodies).isEmpty();
			assertThat(call.block(SOON)).isEqualTo("o-1 reserved");
			assertThat(call.block(SOON)).isEqualTo("o-1 reserved");
			assertThat(journal.bodies).hasSize(2);
			assertThat(engine.state().get("domain.orders.o-1")).isEqualTo(2);
			assertThat(journal.outcomes()).containsExactly(ProcessOutcome.COMMITTED, ProcessOutcome.COMMITTED);
		});
	}

	@Test
	void monoCompletesAfterTheCommit() {
		run((desk, journal,
				engine) -> assertThat(
						desk.reserve("o-1").map((value) -> engine.state().get("domain.orders.o-1")).block(SOON))
					.isEqualTo(1));
	}

	@Test
	void emptyMonoIsNoValueAndItsOutputIsLeftAlone() {
		run((desk, journal, engine) -> {
			assertThat(desk.quote(7).block(SOON)).isEqualTo(7L);
			assertThat(desk.quote(-1).blockOptional(SOON)).isEmpty();
			assertThat(engine.state().get("domain.quote")).isEqualTo(7L);
		});
	}

	@Test
	void cancelledMonoLeavesNothing() {
		run((desk, journal, engine) -> {
			Disposable subscription = desk.hang("o-1").subscribe();
			assertThat(journal.never.currentSubscriberCount()).isEqualTo(1);
			subscription.dispose();
			Awaitility.await().until(() -> !journal.executions.isEmpty());
			assertThat(journal.never.currentSubscriberCount()).isZero();
			assertThat(journal.outcomes()).containsExactly(ProcessOutcome.CANCELLED);
			assertThat(engine.state().version()).isZero();
		});
	}

	@Test
	void failureOfAMonoIsThatOfTheBody() {
		run((desk, journal, engine) -> {
			assertThatThrownBy(() -> desk.fail().block(SOON)).hasCauseInstanceOf(IOException.class);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> engine.execute("fail"))
				.withMessage("broken on purpose");
			assertThat(journal.outcomes()).containsExactly(ProcessOutcome.DECLARED, ProcessOutcome.DECLARED);
		});
	}

	@Test
	void monoIsAttemptedAgainInTheContextOfItsSubscriber() {
		run((desk, journal, engine) -> {
			journal.conflicts.set(2);
			String value = desk.reserve("o-1").contextWrite((context) -> context.put("who", "alice")).block(SOON);
			assertThat(value).isEqualTo("o-1 reserved");
			assertThat(journal.bodies).containsExactly("alice", "alice", "alice");
			assertThat(engine.state().get("domain.orders.o-1")).isEqualTo(1002);
			assertThat(journal.executions).singleElement()
				.satisfies((execution) -> assertThat(execution.attempts()).isEqualTo(3));
		});
	}

	@Test
	void attemptsAreRepeatedWithinSecurityAndValidation() {
		run((desk, journal, engine) -> {
			journal.conflicts.set(2);
			assertThat(desk.charge(5)).succeedsWithin(SOON).isEqualTo(1006L);
			assertThat(journal.bodies).hasSize(3);
			assertThat(journal.advice).as("around the execution").containsExactly("charge");
			assertThatExceptionOfType(ConstraintViolationException.class).isThrownBy(() -> desk.charge(-5));
			logInAs("VISITOR");
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> desk.charge(-5));
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> engine.execute("charge", 5L));
			assertThat(journal.bodies).hasSize(3);
			assertThat(journal.executions).hasSize(1);
		});
	}

	@Test
	void engineWaitsForTheValueOfABean() {
		run((desk, journal, engine) -> {
			assertThat(engine.<Long>execute("charge", 5L)).isEqualTo(5L);
			assertThat(engine.<String>execute("reserve", "o-1")).isEqualTo("o-1 reserved");
			assertThat(engine.<String>executeAsync("reserve", "o-1")).succeedsWithin(SOON).isEqualTo("o-1 reserved");
		});
	}

	@Test
	void adviceJudgesTheResultOfASubmittedExecutionThatConflicted() {
		run((desk, journal, engine) -> {
			journal.conflicts.set(2);
			assertThat(engine.<Long>executeAsync("add", 5L)).succeedsWithin(SOON).isEqualTo(1006L);
			assertThat(journal.bodies).hasSize(3);
			assertThat(journal.executions).singleElement()
				.satisfies((execution) -> assertThat(execution.attempts()).isEqualTo(3));
		});
	}

	@Test
	void startedCallsOfBeansPassAllAdvice() {
		run((desk, journal, engine) -> {
			CompletableFuture<CallOutcome> added = start(engine, "add", Map.of("amount", 5), CallSettings.DECLARED);
			assertThat(added).isDone();
			assertThat(added.join().value()).isEqualTo(5L);
			journal.conflicts.set(2);
			assertThat(start(engine, "add", Map.of("amount", 5), CallSettings.DECLARED)).succeedsWithin(SOON)
				.satisfies((outcome) -> assertThat(outcome.commits()).hasSize(1));
			assertThat(journal.bodies).hasSize(4);
			assertThat(start(engine, "charge", Map.of("amount", 5), CallSettings.DECLARED)).succeedsWithin(SOON);
			assertThat(start(engine, "charge", Map.of("amount", -5), CallSettings.DECLARED)).failsWithin(SOON)
				.withThrowableThat()
				.withCauseInstanceOf(ConstraintViolationException.class);
			logInAs("VISITOR");
			assertThat(start(engine, "charge", Map.of("amount", 5), CallSettings.DECLARED)).failsWithin(SOON)
				.withThrowableThat()
				.withCauseInstanceOf(AccessDeniedException.class);
		});
	}

	@Test
	void monoIsStartedWithTheSettingsOfTheCall() {
		run((desk, journal, engine) -> {
			journal.conflicts.set(1);
			assertThat(start(engine, "reserve", Map.of("id", "o-1"), CallSettings.DECLARED)).succeedsWithin(SOON)
				.satisfies((outcome) -> {
					assertThat(outcome.value()).isEqualTo("o-1 reserved");
					assertThat(outcome.commits()).hasSize(1);
				});
			assertThat(start(engine, "hang", Map.of("id", "o-2"),
					CallSettings.DECLARED.withTimeout(Duration.ofMillis(50))))
				.failsWithin(SOON)
				.withThrowableThat()
				.withCauseInstanceOf(TransactionTimeoutException.class)
				.withMessageContaining("limit=50ms");
		});
	}

	private static CompletableFuture<CallOutcome> start(TheusEngine engine, String process, Map<String, ?> arguments,
			CallSettings settings) {
		return engine.processes().entry(process).start(arguments, settings);
	}

	@Test
	void asynchronousProcessIsNoPartOfASpringTransaction() {
		run((desk, journal, engine) -> {
			TransactionTemplate template = new TransactionTemplate(new DataSourceTransactionManager(
					new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2).generateUniqueName(true).build()));
			assertThatIllegalStateException()
				.isThrownBy(() -> template.execute((status) -> desk.reserve("o-1").block(SOON)))
				.withMessage(
						"process 'desk.reserve' is asynchronous and cannot be part of the surrounding transaction, "
								+ "which belongs to this thread: call it from outside, or let it return the value itself");
			assertThat(journal.bodies).isEmpty();
		});
	}

	@Test
	void waitingIsRefusedOnThreadsOfReactorThatMustNotBlock() {
		run((desk, journal, engine) -> {
			for (Runnable call : List.<Runnable>of(() -> desk.add(1), () -> engine.execute("reserve", "o-1"))) {
				assertThatExceptionOfType(BlockingCallException.class)
					.isThrownBy(() -> Mono.fromRunnable(call).subscribeOn(Schedulers.parallel()).block(SOON))
					.withMessageContaining("cannot be waited for on a thread that must not block: thread='parallel-")
					.withMessageEndingWith("call it with executeAsync");
			}
			assertThat(Mono.defer(() -> desk.reserve("o-1")).subscribeOn(Schedulers.parallel()).block(SOON))
				.isEqualTo("o-1 reserved");
			assertThat(Mono.defer(() -> Mono.fromFuture(engine.<Long>executeAsync("add", 1L)))
				.subscribeOn(Schedulers.parallel())
				.block(SOON)).isEqualTo(1L);
		});
	}

	private void run(Use use) {
		logInAs("TELLER");
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			TheusEngine engine = context.getBean(TheusEngine.class);
			Journal journal = context.getBean(Journal.class);
			journal.rival = (path) -> engine.compareAndSwap(engine.state().version(), Map.of(path, journal.next()));
			use.accept(context.getBean(Desk.class), journal, engine);
		});
	}

	private static void logInAs(String role) {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("someone", "", "ROLE_" + role));
	}

	@FunctionalInterface
	private interface Use {

		void accept(Desk desk, Journal journal, TheusEngine engine) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class SecurityConfiguration {

	}

	@Aspect
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class Counting {

		private final Journal journal;

		Counting(Journal journal) {
			this.journal = journal;
		}

		@Around("execution(* io.theus.spring.boot.autoconfigure.AsynchronousBeansTests.Desk.charge(..))")
		Object count(ProceedingJoinPoint call) throws Throwable {
			Object result = call.proceed();
			this.journal.advice.add(call.getSignature().getName());
			return result;
		}

	}

	public static class Journal implements ProcessListener {

		final List<String> bodies = Collections.synchronizedList(new ArrayList<>());

		final List<String> advice = Collections.synchronizedList(new ArrayList<>());

		final List<ProcessExecution> executions = Collections.synchronizedList(new ArrayList<>());

		final Sinks.Many<String> never = Sinks.many().multicast().directBestEffort();

		final AtomicInteger conflicts = new AtomicInteger();

		private final AtomicInteger values = new AtomicInteger(1000);

		volatile Consumer<String> rival;

		int next() {
			return this.values.getAndIncrement();
		}

		void body(String entry) {
			this.bodies.add(entry);
		}

		// What was read changes before the commit
		void interfere(String path) {
			if (this.conflicts.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
				CompletableFuture.runAsync(() -> this.rival.accept(path), (task) -> new Thread(task).start()).join();
			}
		}

		List<ProcessOutcome> outcomes() {
			return this.executions.stream().map(ProcessExecution::outcome).toList();
		}

		@Override
		public void finished(ProcessExecution execution) {
			this.executions.add(execution);
		}

	}

	@Validated
	public static class Desk {

		private final ProcessContext state;

		private final Journal journal;

		Desk(ProcessContext state, Journal journal) {
			this.state = state;
			this.journal = journal;
		}

		@Process(updates = "domain.orders.{id}")
		public Mono<String> reserve(String id) {
			ProcessContext detached = this.state.detach();
			return Mono.deferContextual((context) -> {
				this.journal.body(context.getOrDefault("who", "nobody"));
				return Mono.fromCallable(() -> {
					int count = detached.getOrDefault("domain.orders." + id, 0);
					this.journal.interfere("domain.orders." + id);
					detached.set("domain.orders." + id, count + 1);
					return id + " reserved";
				}).subscribeOn(Schedulers.boundedElastic());
			});
		}

		@Process
		@Output("domain.quote")
		public Mono<Long> quote(long amount) {
			return (amount > 0) ? Mono.just(amount) : Mono.empty();
		}

		@Process(updates = "domain.orders.{id}")
		public Mono<String> hang(String id) {
			this.state.set("domain.orders." + id, 1);
			return this.journal.never.asFlux().next();
		}

		@Process(errors = IOException.class)
		public Mono<String> fail() {
			return Mono.error(new IOException("broken on purpose"));
		}

		@PreAuthorize("hasRole('TELLER')")
		@Process(updates = "domain.total")
		public CompletableFuture<Long> charge(@Positive long amount) {
			this.journal.body("charge");
			long total = this.state.getOrDefault("domain.total", 0L) + amount;
			this.journal.interfere("domain.total");
			ProcessContext detached = this.state.detach();
			return CompletableFuture.supplyAsync(() -> {
				detached.set("domain.total", total);
				return total;
			}, (task) -> new Thread(task).start());
		}

		@PostAuthorize("returnObject > 0")
		@Process(updates = "domain.total")
		public @Positive long add(long amount) {
			this.journal.body("add");
			long total = this.state.getOrDefault("domain.total", 0L) + amount;
			this.journal.interfere("domain.total");
			this.state.set("domain.total", total);
			return total;
		}

	}

}
