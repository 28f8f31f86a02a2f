package io.theus.spring.boot.autoconfigure;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what is observed of batches of messages.
 */
class RelayObservationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				OutboxAutoConfiguration.class, TheusMetricsAutoConfiguration.class,
				TheusObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withBean(Relay.class)
		.withPropertyValues("theus.outbox.drain-timeout=0s", "theus.outbox.retry.base=10s")
		.withBean("work", Work.class);

	@Test
	void batchEndsWithTheAnswerToItsLastMessage() {
		this.runner.run((context) -> {
			context.getBean(Work.class).send(3);
			Relay relay = context.getBean(Relay.class);
			await().until(() -> relay.given.get() == 3);
			assertThat(timer(context, "SENT")).isNull();
			relay.answer(null);
			relay.answer(null);
			assertThat(timer(context, "SENT")).isNull();
			relay.answer(null);
			assertThat(timer(context, "SENT")).isNotNull().satisfies((timer) -> {
				assertThat(timer.count()).isEqualTo(1);
				assertThat(timer.getId().getTag("error")).isEqualTo("none");
			});
		});
	}

	@Test
	void failuresShowByTheirClass() {
		this.runner.run((context) -> {
			context.getBean(Work.class).send(2);
			Relay relay = context.getBean(Relay.class);
			await().until(() -> relay.given.get() == 2);
			relay.answer(null);
			relay.answer(new IllegalStateException("secret"));
			assertThat(timer(context, "PARTIAL")).isNotNull();
			context.getBean(Work.class).send(1);
			await().until(() -> relay.given.get() == 3);
			relay.answer(new IllegalArgumentException("secret"));
			assertThat(timer(context, "FAILED")).isNotNull()
				.satisfies((timer) -> assertThat(timer.getId().getTag("error")).isEqualTo("IllegalArgumentException"));
		});
	}

	@Test
	void relayThatThrowsFailsTheBatch() {
		this.runner.run((context) -> {
			context.getBean(Relay.class).broken = true;
			context.getBean(Work.class).send(1);
			await().until(() -> timer(context, "FAILED") != null);
		});
	}

	@Test
	void nothingIsObservedWhereItIsSwitchedOff() {
		this.runner.withPropertyValues("theus.observations.enabled=false").run((context) -> {
			context.getBean(Work.class).send(1);
			Relay relay = context.getBean(Relay.class);
			await().until(() -> relay.given.get() == 1);
			relay.answer(null);
			assertThat(meters(context).find("theus.outbox.relay").timer()).isNull();
		});
	}

	private static MeterRegistry meters(AssertableApplicationContext context) {
		return context.getBean(MeterRegistry.class);
	}

	private static @Nullable Timer timer(AssertableApplicationContext context, String outcome) {
		return meters(context).find("theus.outbox.relay").tags("relay", "slow", "outcome", outcome).timer();
	}

	static class Relay implements OutboxRelay {

		private final Queue<CompletableFuture<Void>> open = new ConcurrentLinkedQueue<>();

		private final AtomicInteger given = new AtomicInteger();

		private volatile boolean broken;

		void answer(@Nullable Throwable failure) {
			CompletableFuture<Void> next = this.open.remove();
			if (failure != null) {
				next.completeExceptionally(failure);
			}
			else {
				next.complete(null);
			}
		}

		@Override
		public String name() {
			return "slow";
		}

		@Override
		public CompletionStage<?> send(OutboxMessage message) {
			throw new UnsupportedOperationException("messages come in batches");
		}

		@Override
		public List<CompletionStage<?>> sendAll(List<OutboxMessage> batch) {
			if (this.broken) {
				throw new IllegalStateException("broken");
			}
			List<CompletableFuture<Void>> answers = batch.stream()
				.map((message) -> new CompletableFuture<Void>())
				.toList();
			this.open.addAll(answers);
			this.given.addAndGet(batch.size());
			return List.copyOf(answers);
		}

	}

	public static class Work {

		private final ProcessContext state;

		Work(ProcessContext state) {
			this.state = state;
		}

		@Process(sends = "topic")
		public void send(int messages) {
			for (int i = 0; i < messages; i++) {
				this.state.outbox().send("topic", "key-" + i, "text");
			}
		}

	}

}
