package io.theus.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import io.theus.DType;
import io.theus.audit.AuditEntry;
import io.theus.conflict.TicketScope;
import io.theus.engine.TheusEngine;
import io.theus.heavy.HeavyCapacityException;
import io.theus.heavy.HeavyZone;
import io.theus.parallel.ParallelMode;
import io.theus.parallel.ParallelStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TheusPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class));

	@Test
	void defaultsAreThoseOfTheDocumentation() {
		this.runner.run((context) -> {
			TheusProperties properties = context.getBean(TheusProperties.class);
			assertThat(properties.process().strict()).isTrue();
			assertThat(properties.process().timeout()).isEqualTo(Duration.ofMinutes(5));
			assertThat(properties.transaction().timeout()).isEqualTo(Duration.ofSeconds(5));
			assertThat(properties.conflict()).isEqualTo(new TheusProperties.Conflict(20, Duration.ofMillis(2),
					Duration.ofSeconds(2), 5, Duration.ofSeconds(5), TicketScope.EXECUTION, false));
			assertThat(properties.meta().capacity()).isEqualTo(1000);
			assertThat(properties.history().versions()).isEqualTo(256);
			assertThat(properties.workflows().maxOps()).isEqualTo(10_000);
			assertThat(properties.workflows().keepEnded()).isEqualTo(1000);
			assertThat(properties.signals()).isEqualTo(new TheusProperties.Signals(1024, Duration.ofSeconds(10),
					new TheusProperties.SignalEvents(true, "*")));
			assertThat(properties.outbox().maxMessageSize()).isEqualTo(DataSize.ofBytes(1_000_000));
			assertThat(context.getBean(TheusEngine.class).outbox().status().maxPending()).isEqualTo(1_000_000);
		});
	}

	@Test
	void nodeHasTheNameOfTheProperty() {
		this.runner.withPropertyValues("theus.node-id=shop-1")
			.run((context) -> assertThat(node(context.getBean(TheusEngine.class))).isEqualTo("shop-1"));
		this.runner.run((context) -> assertThat(node(context.getBean(TheusEngine.class))).matches(".+-[0-9a-f]{8}"));
	}

	@Test
	void nodeWithoutANameIsRefused() {
		this.runner.withPropertyValues("theus.node-id= ")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessage("node has no name: value='', use a text that is not blank"));
	}

	private static String node(TheusEngine engine) {
		return engine.transact((tx) -> tx.get("meta.engine.node", String.class));
	}

	@Test
	void variablesOfTheEnvironmentAreHonoured() {
		assertThat(timeout(Map.of("THEUS_WRITE_TIMEOUT_MS", "1500"))).isEqualTo(Duration.ofMillis(1500));
	}

	@Test
	void variablesOfTheEnvironmentSetLimitsOfWorkflows() {
		TheusProperties.Workflows workflows = properties(Map.of("THEUS_MAX_LOOPS", "77", "THEUS_FLUX_DEBUG", "1"))
			.workflows();
		assertThat(workflows.maxOps()).isEqualTo(77);
		assertThat(workflows.debug()).isTrue();
	}

	@Test
	void memoryOfArraysIsBoundedByItsProperties() {
		this.runner.withPropertyValues("theus.heavy.capacity=1KB", "theus.heavy.scan-interval=5s").run((context) -> {
			HeavyZone heavy = context.getBean(TheusEngine.class).heavy();
			assertThat(heavy.status().capacity()).isEqualTo(1024);
			assertThatExceptionOfType(HeavyCapacityException.class)
				.isThrownBy(() -> heavy.alloc("large", DType.INT8, 1025))
				.withMessageContaining("1025", "1024");
		});
		this.runner.withPropertyValues("theus.heavy.capacity=0")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("capacity=0"));
		this.runner.withPropertyValues("theus.heavy.scan-interval=0s")
			.run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void accessToArraysIsAuditedUnlessSwitchedOff() {
		this.runner.withPropertyValues("theus.heavy.audit-access=false").run((context) -> assertAccesses(context, 0));
		this.runner.run((context) -> assertAccesses(context, 1));
	}

	private static void assertAccesses(AssertableApplicationContext context, int entries) {
		TheusEngine engine = context.getBean(TheusEngine.class);
		engine.heavy().alloc("frame", DType.INT8, 10).fill(1);
		assertThat(engine.audit().trail().entries()).filteredOn((entry) -> entry.kind() == AuditEntry.Kind.ACCESS)
			.hasSize(entries);
	}

	@Test
	void memoryOfArraysIsBoundedByTheEnvironment() {
		assertThat(properties(Map.of("THEUS_HEAP_SIZE", "64")).heavy().capacity()).isEqualTo(DataSize.ofMegabytes(64));
		assertThat(properties(Map.of("THEUS_HEAP_SIZE", "1GB")).heavy().capacity()).isEqualTo(DataSize.ofGigabytes(1));
	}

	@Test
	void parallelProcessesRunAsTheirPropertiesSay() {
		this.runner.run((context) -> {
			ParallelStatus status = context.getBean(TheusEngine.class).parallel();
			assertThat(status.mode()).isEqualTo(ParallelMode.THREADS);
			assertThat(status.size()).isEqualTo(Math.max(2, 2 * Runtime.getRuntime().availableProcessors()));
		});
		this.runner.withPropertyValues("theus.parallel.mode=processes", "theus.parallel.pool-size=3").run((context) -> {
			ParallelStatus status = context.getBean(TheusEngine.class).parallel();
			assertThat(status.mode()).isEqualTo(ParallelMode.PROCESSES);
			assertThat(status.size()).isEqualTo(3);
			assertThat(status.workers()).isNull();
		});
		this.runner.withPropertyValues("theus.parallel.pool-size=0").run((context) -> assertThat(context).hasFailed());
	}

	@Test
	void parallelProcessesRunAsTheEnvironmentSays() {
		TheusProperties.Parallel parallel = properties(Map.of("THEUS_USE_PROCESSES", "1", "THEUS_POOL_SIZE", "5"))
			.parallel();
		assertThat(parallel.mode()).isEqualTo(ParallelMode.PROCESSES);
		assertThat(parallel.poolSize()).isEqualTo(5);
		assertThat(properties(Map.of("THEUS_USE_PROCESSES", "0")).parallel().mode()).isEqualTo(ParallelMode.THREADS);
		assertThat(
				properties(Map.of("THEUS_USE_PROCESSES", "true", "theus.parallel.mode", "threads")).parallel().mode())
			.isEqualTo(ParallelMode.THREADS);
		assertThatExceptionOfType(InvalidTheusPropertyException.class)
			.isThrownBy(() -> properties(Map.of("THEUS_USE_PROCESSES", "maybe")))
			.withMessage(
					"property 'THEUS_USE_PROCESSES' is invalid: value 'maybe' is neither 1 nor 0, set 1 to run parallel processes in worker processes");
	}

	@Test
	void propertiesBeatVariablesOfTheEnvironment() {
		assertThat(timeout(Map.of("THEUS_WRITE_TIMEOUT_MS", "1500", "theus.process.timeout", "7s")))
			.isEqualTo(Duration.ofSeconds(7));
		assertThat(timeout(Map.of("THEUS_WRITE_TIMEOUT_MS", "1500", "theus.process.timeOut", "7s")))
			.isEqualTo(Duration.ofSeconds(7));
	}

	private static Duration timeout(Map<String, Object> defaults) {
		return properties(defaults).process().timeout();
	}

	private static TheusProperties properties(Map<String, Object> defaults) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(defaults);
		try (ConfigurableApplicationContext context = application.run()) {
			return context.getBean(TheusProperties.class);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class })
	static class Application {

	}

}
