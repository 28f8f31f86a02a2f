package io.theus.spring.boot.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.outbox.OutboxRelay;
import io.theus.spring.actuate.AuditEvents;
import io.theus.spring.actuate.OutboxEndpoint;
import io.theus.spring.actuate.RunsEndpoint;
import io.theus.spring.actuate.TheusEndpoint;
import io.theus.spring.actuate.TheusHealthIndicator;
import io.theus.spring.observation.AuditMetrics;
import io.theus.spring.observation.EngineMetrics;
import io.theus.spring.observation.EngineObservations;
import io.theus.spring.observation.ProcessMetrics;
import io.theus.spring.observation.WorkflowMetrics;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts without each of the libraries that an application may leave out, and without all
 * of them.
 */
class OptionalLibrariesTests {

	private static final List<String> KAFKA = List.of("org.springframework.kafka", "org.apache.kafka",
			"org.springframework.boot.kafka");

	private static final List<String> ACTUATOR = List.of("org.springframework.boot.actuate",
			"org.springframework.boot.health");

	private static final List<String> MICROMETER = List.of("io.micrometer.core",
			"org.springframework.boot.micrometer.metrics");

	private static final List<String> OBSERVATION = List.of("io.micrometer.observation",
			"org.springframework.boot.micrometer.observation");

	private static final List<String> TRACING = List.of("io.micrometer.tracing", "io.micrometer.context",
			"org.springframework.boot.micrometer.tracing");

	private static final List<String> SECURITY = List.of("org.springframework.security");

	private static final List<String> VALIDATION = List.of("jakarta.validation", "org.hibernate.validator");

	private static final List<String> WEB = List.of("org.springframework.web", "jakarta.servlet");

	private static final List<String> TRANSACTIONS = List.of("org.springframework.transaction");

	private static final List<String> REACTOR = List.of("reactor", "org.reactivestreams");

	static Stream<List<String>> libraries() {
		return Stream.of(KAFKA, ACTUATOR, MICROMETER, OBSERVATION, TRACING, SECURITY, VALIDATION, WEB, TRANSACTIONS,
				REACTOR,
				Stream
					.of(KAFKA, ACTUATOR, MICROMETER, OBSERVATION, TRACING, SECURITY, VALIDATION, WEB, TRANSACTIONS,
							REACTOR)
					.flatMap(List::stream)
					.toList());
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void processRunsWithout(List<String> missing) {
		runner().withClassLoader(new FilteredClassLoader(missing.toArray(String[]::new))).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(Counter.class).count();
			assertThat(context.getBean(TheusEngine.class).state().get("domain.count")).isEqualTo(1);
		});
	}

	@Test
	void featuresGoWithTheirLibraries() {
		String[] missing = libraries().reduce((first, second) -> second).orElseThrow().toArray(String[]::new);
		runner().withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).doesNotHaveBean(OutboxRelay.class)
				.doesNotHaveBean(TheusEndpoint.class)
				.doesNotHaveBean(OutboxEndpoint.class)
				.doesNotHaveBean(RunsEndpoint.class)
				.doesNotHaveBean(TheusHealthIndicator.class)
				.doesNotHaveBean(ProcessMetrics.class)
				.doesNotHaveBean(WorkflowMetrics.class)
				.doesNotHaveBean(EngineMetrics.class)
				.doesNotHaveBean(AuditEvents.class)
				.doesNotHaveBean(AuditMetrics.class)
				.doesNotHaveBean(EngineObservations.class));
	}

	@Test
	void everyAutoConfigurationIsListed() {
		assertThat(autoConfigurations()).hasSizeGreaterThan(5)
			.allSatisfy((type) -> assertThat(type).hasAnnotation(AutoConfiguration.class));
	}

	private static ApplicationContextRunner runner() {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(autoConfigurations().toArray(Class<?>[]::new)))
			.withPropertyValues("theus.workflows.locations=")
			.withBean(Counter.class);
	}

	private static List<Class<?>> autoConfigurations() {
		return ImportCandidates.load(AutoConfiguration.class, null)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.theus"))
			.<Class<?>>map(OptionalLibrariesTests::load)
			.toList();
	}

	private static Class<?> load(String name) {
		try {
			return Class.forName(name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public static class Counter {

		private final ProcessContext state;

		Counter(ProcessContext state) {
			this.state = state;
		}

		@Process(updates = "domain.count")
		public void count() {
			this.state.set("domain.count", this.state.getOrDefault("domain.count", 0) + 1);
		}

	}

}
