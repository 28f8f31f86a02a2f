package io.theus.spring.boot.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.theus.DType;
import io.theus.HeavyArray;
import io.theus.ProcessContext;
import io.theus.Semantic;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.heavy.HeavyState;
import io.theus.parallel.WorkerBeanFactory;
import io.theus.parallel.WorkerDiedException;
import io.theus.spring.actuate.TheusHealthIndicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Beans whose parallel processes run in worker processes, with real ones.
 */
@Timeout(120)
class WorkerBeansTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, ProcessBeansAutoConfiguration.class,
				TheusAutoConfiguration.class, TheusMetricsAutoConfiguration.class, TheusHealthAutoConfiguration.class,
				MetricsAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withBean("desk", Desk.class)
		.withPropertyValues("theus.parallel.mode=processes", "theus.parallel.pool-size=1",
				"theus.parallel.worker-heap=64MB");

	@Test
	void bodyOfABeanRunsInAWorkerAndReadsSharedMemory() {
		this.runner.run((context) -> {
			Desk desk = context.getBean(Desk.class);
			TheusEngine engine = context.getBean(TheusEngine.class);
			assertThat(context.getBean(TheusHealthIndicator.class).health().getDetails().get("workers"))
				.hasToString("{size=1, alive=0, busy=0, queued=0, died=0}");
			engine.transact((tx) -> {
				HeavyArray frame = tx.alloc("frame", DType.FLOAT64, 1000);
				frame.fill(2);
				tx.set("heavy.frame", frame);
				return true;
			});
			assertThat(desk.pid()).isNotEqualTo(ProcessHandle.current().pid());
			assertThat(desk.sum()).isEqualTo(2000);
			assertThat(engine.state().get("domain.sum")).isEqualTo(2000.0);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("theus.workers.alive").gauge().value()).isEqualTo(1);
			assertThat(meters.get("theus.workers.started").functionCounter().count()).isEqualTo(1);
			assertThat(meters.get("theus.parallel.size").gauge().value()).isEqualTo(1);
			assertThat(meters.get("theus.heavy.used").gauge().value()).isEqualTo(8000);
			assertThat(meters.get("theus.heavy.segments").tag("state", HeavyState.PUBLISHED.name()).gauge().value())
				.isEqualTo(1);
		});
	}

	@Test
	void deadWorkerFailsItsCallOnlyAndShowsInHealth() {
		this.runner.run((context) -> {
			Desk desk = context.getBean(Desk.class);
			assertThatExceptionOfType(WorkerDiedException.class).isThrownBy(desk::leave)
				.withMessageContainingAll("desk.leave", "exit", "7");
			assertThat(desk.pid()).isNotEqualTo(ProcessHandle.current().pid());
			Health health = context.getBean(TheusHealthIndicator.class).health();
			assertThat(health.getStatus().getCode()).isEqualTo("UP");
			assertThat(health.getDetails().get("workers")).asString().contains("alive=1", "died=1");
		});
	}

	@Test
	void factoryMakesBeansThatHaveOtherConstructors() {
		ApplicationContextRunner priced = this.runner.withBean("till", Till.class, () -> new Till(3));
		priced.withPropertyValues("theus.parallel.worker-factory=" + Tills.class.getName())
			.run((context) -> assertThat(context.getBean(Till.class).price(4)).isEqualTo(20));
		priced.run((context) -> assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> context.getBean(Till.class).price(4))
			.withMessageContainingAll(Till.class.getName(), "theus.parallel.worker-factory"));
	}

	static class Desk {

		private final ProcessContext state;

		Desk(ProcessContext state) {
			this.state = state;
		}

		@Process(parallel = true)
		long pid() {
			return ProcessHandle.current().pid();
		}

		@Process(semantic = Semantic.PURE, parallel = true, inputs = "heavy.frame", outputs = "domain.sum")
		double sum() {
			return this.state.heavy("frame").sum();
		}

		@Process(parallel = true)
		void leave() {
			Runtime.getRuntime().exit(7);
		}

	}

	static class Till {

		private final int price;

		Till(int price) {
			this.price = price;
		}

		@Process(parallel = true)
		int price(int pieces) {
			return this.price * pieces;
		}

	}

	static final class Tills implements WorkerBeanFactory {

		@Override
		public Object create(Class<?> type, ProcessContext context) {
			return new Till(5);
		}

	}

}
