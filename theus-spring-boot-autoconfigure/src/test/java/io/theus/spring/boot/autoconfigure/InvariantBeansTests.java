package io.theus.spring.boot.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.theus.InitialState;
import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.audit.AuditBlockException;
import io.theus.engine.TheusEngine;
import io.theus.invariant.InvalidInvariantException;
import io.theus.invariant.Invariant;
import io.theus.invariant.Tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InvariantBeansTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class,
				TheusStateAutoConfiguration.class, WorkflowAutoConfiguration.class))
		.withPropertyValues("theus.workflows.locations=")
		.withBean(InitialState.class, () -> () -> Map.of("domain", Map.of("a", 5L, "b", 5L)))
		.withBean(Bank.class);

	private static Invariant money(String except) {
		return Invariant.named("money").sumConserved(List.of("domain.a", "domain.b"), List.of(except));
	}

	@Test
	void beansAreEnforced() {
		this.runner.withBean("money", Invariant.class, () -> money("deposit"))
			.withBean("range", Invariant.class, () -> Invariant.named("range").range("domain.*", 0, 8))
			.run((context) -> {
				TheusEngine engine = context.getBean(TheusEngine.class);
				engine.execute("deposit", 1L);
				assertThat(engine.state().get("domain.a", Long.class)).isEqualTo(6);
				assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> engine.execute("steal", 1L));
				assertThatExceptionOfType(AuditBlockException.class).isThrownBy(() -> engine.execute("deposit", 3L));
				assertThat(engine.state().get("domain.a", Long.class)).isEqualTo(6);
			});
	}

	@Test
	void namesMustExist() {
		this.runner.withBean("money", Invariant.class, () -> money("deposits"))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidInvariantException.class)
				.hasMessageContaining("process 'deposits' is not found"));
		this.runner
			.withBean("once", Invariant.class,
					() -> Invariant.named("once").tick(Tick.run("none")).increasing("domain.a"))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidInvariantException.class)
				.hasMessageContaining("workflow 'none' is not found"));
	}

	static class Bank {

		@Process(updates = "domain.a")
		void deposit(ProcessContext context, long amount) {
			context.set("domain.a", context.get("domain.a", Long.class) + amount);
		}

		@Process(updates = "domain.a")
		void steal(ProcessContext context, long amount) {
			context.set("domain.a", context.get("domain.a", Long.class) - amount);
		}

	}

}
