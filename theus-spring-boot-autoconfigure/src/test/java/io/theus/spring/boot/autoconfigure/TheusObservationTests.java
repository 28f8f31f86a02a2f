package io.theus.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.run.Run;
import io.theus.run.RunState;
import io.theus.spring.observation.EngineObservations;
import io.theus.spring.observation.ProcessObservationContext;
import io.theus.spring.observation.ProcessObservationConvention;
import io.theus.workflow.WorkflowParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests of what becomes of an engine's work in meters and traces.
 */
class TheusObservationTests {

	private static final String SECRET = "4711-0815";

	private final InMemorySpanExporter spans = InMemorySpanExporter.create();

	private final ApplicationContextRunner metered = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				TheusMetricsAutoConfiguration.class, TheusObservationAutoConfiguration.class,
				MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
				ObservationAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("theus.conflict.base=1ms", "theus.conflict.max-attempts=3", "theus.outbox.drain-timeout=0s")
		.withBean("work", Work.class);

	private final ApplicationContextRunner traced = this.metered
		.withConfiguration(AutoConfigurations.of(MicrometerTracingAutoConfiguration.class,
				OpenTelemetryTracingAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class))
		.withPropertyValues("management.tracing.sampling.probability=1")
		.withBean(SpanProcessor.class, () -> SimpleSpanProcessor.create(this.spans));

	@Test
	void executionsAndCommitsAreTimed() {
		this.metered.run((context) -> {
			work(context).count();
			assertThat(meters(context).get("theus.process")
				.tags("process", "work.count", "outcome", "COMMITTED", "semantic", "EFFECT", "isolation", "HYBRID",
						"error", "none")
				.timer()
				.count()).isEqualTo(1);
			assertThat(meters(context).get("theus.commit")
				.tags("kind", "PROCESS", "process", "work.count", "outcome", "COMMITTED", "store", "memory", "error",
						"none")
				.timer()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void failureShowsByItsClassAndOutcome() {
		this.traced.run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> work(context).fail(SECRET));
			assertThat(meters(context).get("theus.process")
				.tags("process", "work.fail", "outcome", "UNDECLARED", "error", "IllegalStateException")
				.timer()
				.count()).isEqualTo(1);
			SpanData failed = span("process work.fail");
			assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(failed.getEvents()).singleElement()
				.satisfies((event) -> assertThat(event.getAttributes().asMap().values())
					.contains("IllegalStateException"));
		});
	}

	@Test
	void valuesShowInNoMeterAndNoSpan() {
		this.traced.run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			assertThatIllegalStateException().isThrownBy(() -> work(context).fail(SECRET));
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> engine.execute("takeNumber", Map.of("number", SECRET)));
			engine.edit("reset " + SECRET, (tx) -> tx.set("domain.secrets", Map.of(SECRET, SECRET)));
			work(context).remember(SECRET);
			add(context,
					"name: telling\nsteps: [{ flux: emit, id: tell, signal: sig_told, payload: '#{inputs.what}' }, "
							+ "{ flux: fail, id: stop, error: No, message: '#{inputs.what}' }]\ninputs: { what: string }");
			assertThatExceptionOfType(RuntimeException.class)
				.isThrownBy(() -> engine.workflows().run("telling", Map.of("what", SECRET)));
			assertThat(this.spans.getFinishedSpanItems()).hasSizeGreaterThan(6)
				.allSatisfy((span) -> assertThat(span.toString()).doesNotContain(SECRET));
			assertThat(meters(context).getMeters()).hasSizeGreaterThan(10)
				.allSatisfy((meter) -> assertThat(meter.getId().toString()).doesNotContain(SECRET));
		});
	}

	@Test
	void pathsAreTheTagsOfNoMeter() {
		this.metered.run((context) -> {
			work(context).conflicting(new AtomicInteger(1));
			work(context).remember("abc");
			assertThat(meters(context).getMeters()).extracting(Meter::getId)
				.filteredOn((id) -> id.getName().startsWith("theus"))
				.allSatisfy((id) -> assertThat(id.getTags())
					.allSatisfy((tag) -> assertThat(tag.getValue()).doesNotContain("domain")));
		});
	}

	@Test
	void oneTraceSpansRequestProcessAndCommit() {
		this.traced.run((context) -> {
			Observation request = request(context);
			request.observe(() -> work(context).count());
			assertThat(parentOf(span("process work.count"))).isEqualTo(span("request"));
			assertThat(parentOf(span("commit work.count"))).isEqualTo(span("process work.count"));
			assertThat(span("process work.count").getAttributes().asMap().toString()).contains("theus.execution.id")
				.contains("HYBRID");
		});
	}

	@Test
	void bodyRunsInTheSpanOfItsExecution() {
		this.traced.run((context) -> {
			work(context).count();
			assertThat(work(context).spanId()).isEqualTo(span("process work.count").getSpanId());
			assertThat(Span.current().getSpanContext().isValid()).isFalse();
		});
	}

	@Test
	void traceGoesOnOnTheThreadsOfTheEngineAfterAConflictToo() {
		this.traced.run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			Observation request = request(context);
			CompletableFuture<?> submitted = request
				.observe(() -> engine.executeAsync("conflicting", new AtomicInteger(2)));
			Objects.requireNonNull(submitted).get(10, TimeUnit.SECONDS);
			assertThat(parentOf(span("process work.conflicting"))).isEqualTo(span("request"));
			List<SpanData> commits = spans("commit work.conflicting");
			assertThat(commits).hasSize(3)
				.allSatisfy((commit) -> assertThat(parentOf(commit)).isEqualTo(span("process work.conflicting")));
			assertThat(commits).extracting((commit) -> attribute(commit, "outcome"))
				.containsExactly("CONFLICT", "CONFLICT", "COMMITTED");
			assertThat(work(context).threads()).doesNotContain(Thread.currentThread().getName());
		});
	}

	@Test
	void traceGoesOnWithoutTheLibraryForIt() {
		this.metered.withClassLoader(new FilteredClassLoader("io.micrometer.context", "io.micrometer.tracing"))
			.run((context) -> {
				ObservationRegistry registry = context.getBean(ObservationRegistry.class);
				Recorder recorder = new Recorder();
				registry.observationConfig().observationHandler(recorder);
				TheusEngine engine = context.getBean(TheusEngine.class);
				CompletableFuture<?> submitted = request(context)
					.observe(() -> engine.executeAsync("conflicting", new AtomicInteger(1)));
				Objects.requireNonNull(submitted).get(10, TimeUnit.SECONDS);
				assertThat(recorder.started).containsSubsequence("null > request", "request > theus.process",
						"theus.process > theus.commit", "theus.process > theus.commit");
			});
	}

	@Test
	void asynchronousProcessStaysInItsTrace() {
		this.traced.run((context) -> {
			CompletableFuture<Long> later = request(context).observe(work(context)::later);
			work(context).value().complete(5L);
			assertThat(Objects.requireNonNull(later).get(10, TimeUnit.SECONDS)).isEqualTo(5L);
			await().until(() -> spans("process work.later").size() == 1);
			assertThat(parentOf(span("process work.later"))).isEqualTo(span("request"));
			assertThat(parentOf(span("commit work.later"))).isEqualTo(span("process work.later"));
		});
	}

	@Test
	void runStaysInTheTraceThatItWasStartedIn() {
		this.traced.run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			add(context, "name: approval\nsteps: [{ flux: wait, id: approve, signal: cmd_go }, count]");
			Run run = Objects.requireNonNull(request(context).observe(() -> engine.workflows().start("approval")));
			await().until(() -> run.state() == RunState.WAITING);
			await().until(() -> spans("request").size() == 1 && spans("step approve").size() == 1);
			assertThat(run.trace()).containsKey("traceparent");
			Observation other = Observation.createNotStarted("other", context.getBean(ObservationRegistry.class));
			other.observe(() -> run.signal("cmd_go", null));
			assertThat(run.await(Duration.ofSeconds(10))).isTrue();
			await().until(() -> spans("step count").size() == 1);
			assertThat(spans("step approve")).hasSize(2)
				.allSatisfy((step) -> assertThat(parentOf(step)).isEqualTo(span("request")));
			assertThat(parentOf(span("step count"))).isEqualTo(span("request"));
			assertThat(parentOf(span("process work.count"))).isEqualTo(span("step count"));
			assertThat(parentOf(span("commit work.count"))).isEqualTo(span("process work.count"));
			assertThat(span("other").getTraceId()).isNotEqualTo(span("request").getTraceId());
			assertThat(meters(context).get("theus.workflow.step")
				.tags("workflow", "approval", "step", "count", "outcome", "COMPLETED")
				.timer()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void runThatAProcessStartsStaysInItsTrace() {
		this.traced.run((context) -> {
			add(context, "name: counting\nsteps: [count]");
			request(context).observe(() -> work(context).order());
			await().until(() -> spans("step count").size() == 1);
			assertThat(parentOf(span("step count"))).isEqualTo(span("process work.order"));
			assertThat(span("step count").getTraceId()).isEqualTo(span("request").getTraceId());
		});
	}

	@Test
	void conventionIsReplacedByABean() {
		this.metered.withBean(ProcessObservationConvention.class, OwnConvention::new).run((context) -> {
			work(context).count();
			assertThat(meters(context).get("own.process").tag("team", "billing").timer().count()).isEqualTo(1);
			assertThat(meters(context).find("theus.process").timer()).isNull();
		});
	}

	@Test
	void observationsAreSwitchedOff() {
		this.metered.withPropertyValues("theus.observations.enabled=false").run((context) -> {
			work(context).conflicting(new AtomicInteger(1));
			assertThat(context).doesNotHaveBean(EngineObservations.class);
			assertThat(meters(context).find("theus.process").timer()).isNull();
			assertThat(meters(context).get("theus.process.retries").counter().count()).isEqualTo(1);
		});
	}

	@Test
	void observationsAreSwitchedOffByName() {
		this.traced.withPropertyValues("management.observations.enable.theus.commit=false").run((context) -> {
			work(context).count();
			assertThat(meters(context).find("theus.process").timer()).isNotNull();
			assertThat(meters(context).find("theus.commit").timer()).isNull();
			assertThat(spans("commit work.count")).isEmpty();
		});
	}

	@Test
	void observationsNeedARegistry() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
					TheusObservationAutoConfiguration.class))
			.withBean("work", Work.class)
			.run((context) -> {
				work(context).count();
				assertThat(context).doesNotHaveBean(EngineObservations.class);
			});
	}

	@Test
	void handlerThatFailsDisturbsNobody() {
		this.metered.run((context) -> {
			context.getBean(ObservationRegistry.class).observationConfig().observationHandler(new BrokenHandler());
			work(context).count();
			assertThat(context.getBean(TheusEngine.class).state().get("domain.count")).isEqualTo(1L);
		});
	}

	private static Work work(AssertableApplicationContext context) {
		return context.getBean(Work.class);
	}

	private static MeterRegistry meters(AssertableApplicationContext context) {
		return context.getBean(MeterRegistry.class);
	}

	private static Observation request(AssertableApplicationContext context) {
		return Observation.createNotStarted("request", context.getBean(ObservationRegistry.class));
	}

	private static void add(AssertableApplicationContext context, String document) {
		context.getBean(TheusEngine.class).workflows().add(WorkflowParser.parse(document, "test"));
	}

	private List<SpanData> spans(String name) {
		return this.spans.getFinishedSpanItems().stream().filter((span) -> span.getName().equals(name)).toList();
	}

	private SpanData span(String name) {
		assertThat(spans(name)).as("spans '%s' among %s", name, this.spans.getFinishedSpanItems()).hasSize(1);
		return spans(name).get(0);
	}

	private @Nullable SpanData parentOf(SpanData child) {
		return this.spans.getFinishedSpanItems()
			.stream()
			.filter((span) -> span.getSpanId().equals(child.getParentSpanId())
					&& span.getTraceId().equals(child.getTraceId()))
			.findFirst()
			.orElse(null);
	}

	private static @Nullable String attribute(SpanData span, String key) {
		return span.getAttributes().get(AttributeKey.stringKey(key));
	}

	public static class Work {

		private final ProcessContext state;

		private final TheusEngine engine;

		private final CompletableFuture<Long> value = new CompletableFuture<>();

		private final List<String> threads = new CopyOnWriteArrayList<>();

		private volatile @Nullable String spanId;

		Work(ProcessContext state, TheusEngine engine) {
			this.state = state;
			this.engine = engine;
		}

		// The bean is a proxy
		List<String> threads() {
			return this.threads;
		}

		CompletableFuture<Long> value() {
			return this.value;
		}

		@Nullable String spanId() {
			return this.spanId;
		}

		@Process(updates = "domain.count")
		public void count() {
			this.spanId = Span.current().getSpanContext().getSpanId();
			this.state.set("domain.count", this.state.getOrDefault("domain.count", 0L) + 1);
		}

		@Process
		public void fail(String what) {
			throw new IllegalStateException("cannot do " + what);
		}

		@Process
		public void takeNumber(long number) {
			throw new UnsupportedOperationException("nobody calls it with " + number);
		}

		@Process(updates = "domain.secrets")
		public void remember(String secret) {
			this.state.set("domain.secrets", secret);
		}

		@Process(updates = "domain.count")
		public void conflicting(AtomicInteger conflicts) {
			long count = this.state.getOrDefault("domain.count", 0L);
			this.threads.add(Thread.currentThread().getName());
			if (conflicts.getAndDecrement() > 0) {
				interfere(count);
			}
			this.state.set("domain.count", count + 1);
		}

		// On a thread where nothing of the execution is bound
		private void interfere(long count) {
			Thread rival = new Thread(() -> this.engine.transact((tx) -> {
				tx.set("domain.count", count + 1000);
				return true;
			}));
			rival.start();
			try {
				rival.join();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Process(updates = "domain.count")
		public CompletableFuture<Long> later() {
			ProcessContext detached = this.state.detach();
			return this.value.thenApply((count) -> {
				detached.set("domain.count", count);
				return count;
			});
		}

		@Process(starts = "*")
		public void order() {
			this.state.start("counting", null, Map.of());
		}

	}

	static class OwnConvention implements ProcessObservationConvention {

		@Override
		public String getName() {
			return "own.process";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(ProcessObservationContext context) {
			return KeyValues.of("team", "billing");
		}

	}

	static class BrokenHandler implements ObservationHandler<Observation.Context> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			throw new IllegalStateException("broken");
		}

		@Override
		public void onScopeOpened(Observation.Context context) {
			throw new IllegalStateException("broken");
		}

		@Override
		public void onStop(Observation.Context context) {
			throw new IllegalStateException("broken");
		}

	}

	static class Recorder implements ObservationHandler<Observation.Context> {

		private final List<String> started = new CopyOnWriteArrayList<>();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStart(Observation.Context context) {
			this.started.add(((context.getParentObservation() != null)
					? context.getParentObservation().getContextView().getName() : null) + " > " + context.getName());
		}

	}

}
