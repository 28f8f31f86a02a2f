package io.theus.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.conflict.ConflictException;
import io.theus.engine.TheusEngine;
import io.theus.outbox.OutboxMessage;
import io.theus.outbox.OutboxRelay;
import io.theus.run.Resolution;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.run.Workflows;
import io.theus.spring.actuate.TheusHealthIndicator;
import io.theus.spring.observation.ProcessMetrics;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class TheusObservabilityTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				OutboxAutoConfiguration.class, TheusMetricsAutoConfiguration.class, TheusHealthAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				ObservationAutoConfiguration.class, TheusObservationAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("theus.conflict.base=1ms", "theus.conflict.max-attempts=3", "theus.outbox.max-pending=2",
				"theus.outbox.drain-timeout=0s")
		.withBean("work", Work.class);

	@Test
	void executionsAreTimedByProcessOutcomeAndSemantic() {
		this.runner.run((context) -> {
			context.getBean(Work.class).conflictingTimes(new AtomicInteger(0));
			assertThat(meters(context).get("theus.process")
				.tags("process", "work.conflictingTimes", "outcome", "COMMITTED", "semantic", "EFFECT")
				.timer()
				.count()).isEqualTo(1);
			assertThat(meters(context).find("theus.process.retries").counter()).isNull();
			assertThat(meters(context).get("theus.state.version").gauge().value()).isEqualTo(1);
			assertThat(meters(context).get("theus.commits").functionCounter().count()).isEqualTo(1);
		});
	}

	@Test
	void conflictsAndRetriesAreCounted() {
		this.runner.run((context) -> {
			context.getBean(Work.class).conflictingTimes(new AtomicInteger(1));
			assertThat(counter(context, "theus.process.conflicts")).isEqualTo(1);
			assertThat(counter(context, "theus.process.retries")).isEqualTo(1);
			assertThatExceptionOfType(ConflictException.class)
				.isThrownBy(() -> context.getBean(Work.class).conflictingTimes(new AtomicInteger(9)));
			assertThat(counter(context, "theus.process.conflicts")).isEqualTo(4);
			assertThat(counter(context, "theus.process.retries")).isEqualTo(3);
			assertThat(meters(context).get("theus.process").tag("outcome", "CONFLICT").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void outboxIsMeasured() {
		this.runner.run((context) -> {
			context.getBean(Work.class).send();
			assertThat(meters(context).get("theus.outbox.pending").gauge().value()).isEqualTo(1);
			assertThat(meters(context).get("theus.outbox.sent").functionCounter().count()).isZero();
			assertThat(meters(context).get("theus.outbox.oldest").timeGauge().value()).isNotNegative();
		});
	}

	@Test
	void runsAndStepsAreMeasured() {
		this.runner.run((context) -> {
			Workflows workflows = context.getBean(TheusEngine.class).workflows();
			workflows.add(WorkflowParser.parse("name: sending\nsteps: [send, { flux: wait, signal: cmd_go }]", "test"));
			Run run = workflows.start("sending");
			await().until(() -> gauge(context, "WAITING") == 1);
			run.signal("cmd_go", null);
			assertThat(run.await(Duration.ofSeconds(10))).isTrue();
			assertThat(meters(context).get("theus.workflow")
				.tags("workflow", "sending", "outcome", "COMPLETED")
				.timer()
				.count()).isEqualTo(1);
			assertThat(meters(context).get("theus.workflow.step")
				.tags("workflow", "sending", "step", "send", "outcome", "COMPLETED")
				.timer()
				.count()).isEqualTo(1);
			for (RunState state : List.of(RunState.PENDING, RunState.RUNNING, RunState.WAITING, RunState.INCIDENT)) {
				assertThat(gauge(context, state.name())).isZero();
			}
		});
	}

	@Test
	void incidentsShowInDetailsOfAHealthyApplication() {
		this.runner.run((context) -> {
			Workflows workflows = context.getBean(TheusEngine.class).workflows();
			workflows.add(WorkflowParser.parse(
					"name: stuck\nsteps: [{ process: send, " + "compensate: breakDown }, { flux: fail, error: No }]",
					"test"));
			Run run = workflows.start("stuck");
			assertThat(run.await(Duration.ofSeconds(10))).isTrue();
			assertThat(run.state()).isEqualTo(RunState.INCIDENT);
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(health(context).getDetails()).containsEntry("incidents", 1L);
			run.resolve(Resolution.SKIP);
			assertThat(run.await(Duration.ofSeconds(10))).isTrue();
			assertThat(health(context).getDetails()).containsEntry("incidents", 0L);
		});
	}

	@Test
	void metricsBackOff() {
		ProcessMetrics own = new ProcessMetrics(new SimpleMeterRegistry());
		this.runner.withBean(ProcessMetrics.class, () -> own)
			.run((context) -> assertThat(context.getBean(ProcessMetrics.class)).isSameAs(own));
	}

	@Test
	void healthIsUpWithoutRelayAndDownWhenTheOutboxIsFull() {
		this.runner.run((context) -> {
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(outbox(context)).containsEntry("relay", "no relay").containsEntry("state", "idle");
			context.getBean(Work.class).send();
			assertThat(outbox(context)).containsEntry("state", "messages stay pending").containsEntry("pending", 1L);
			context.getBean(Work.class).send();
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			assertThat(outbox(context)).containsEntry("state", "full");
		});
	}

	@Test
	void failingRelayShowsInDetailsOfAHealthyApplication() {
		this.runner.withBean(FailingRelay.class).run((context) -> {
			context.getBean(Work.class).send();
			await().until(() -> "failing".equals(outbox(context).get("state")));
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(String.valueOf(outbox(context).get("lastError"))).contains("broker is away");
		});
	}

	@Test
	void healthIsDownWhenTheEngineIsClosed() {
		this.runner.run((context) -> {
			context.getBean(TheusEngine.class).close();
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			assertThat(health(context).getDetails()).containsEntry("engine", "closed");
		});
	}

	@Test
	void healthIsSwitchedOff() {
		this.runner.withPropertyValues("management.health.theus.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TheusHealthIndicator.class));
	}

	private static MeterRegistry meters(AssertableApplicationContext context) {
		return context.getBean(MeterRegistry.class);
	}

	private static double counter(AssertableApplicationContext context, String name) {
		return meters(context).get(name).tag("process", "work.conflictingTimes").counter().count();
	}

	private static double gauge(AssertableApplicationContext context, String state) {
		return meters(context).get("theus.runs").tag("state", state).gauge().value();
	}

	private static Health health(AssertableApplicationContext context) {
		return context.getBean(TheusHealthIndicator.class).health();
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> outbox(AssertableApplicationContext context) {
		return (Map<String, Object>) health(context).getDetails().get("outbox");
	}

	static class Work {

		private final ProcessContext state;

		private final TheusEngine engine;

		private long rivals;

		Work(ProcessContext state, TheusEngine engine) {
			this.state = state;
			this.engine = engine;
		}

		@Process(updates = "domain.count")
		void conflictingTimes(AtomicInteger conflicts) {
			long count = this.state.getOrDefault("domain.count", 0L);
			if (conflicts.getAndDecrement() > 0) {
				CompletableFuture.runAsync(this::interfere).join();
			}
			this.state.set("domain.count", count + 1);
		}

		private void interfere() {
			this.engine.transact((tx) -> {
				tx.set("domain.count", ++this.rivals * 1000);
				return true;
			});
		}

		@Process
		void breakDown() {
			throw new IllegalStateException("broken");
		}

		@Process(sends = "topic")
		void send() {
			this.state.outbox().send("topic", null, "text");
		}

	}

	static class FailingRelay implements OutboxRelay {

		@Override
		public String name() {
			return "failing";
		}

		@Override
		public CompletableFuture<?> send(OutboxMessage message) {
			return CompletableFuture.failedFuture(new IllegalStateException("broker is away"));
		}

	}

}
