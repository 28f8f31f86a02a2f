package io.theus.spring.boot.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.theus.ContractVariable;
import io.theus.InitialState;
import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.contract.ContractViolationException;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Contract variables that are beans narrow the contracts of processes that are beans.
 */
class ContractVariableBeansTests {

	private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class))
		.withBean("tenant", ContractVariable.class, () -> ContractVariable.of("tenant", TENANT::get))
		.withBean("region", Region.class)
		.withBean("stock", Stock.class)
		.withBean(InitialState.class, () -> () -> Map.of("domain.acme.eu.apples", 5));

	@AfterEach
	void clear() {
		TENANT.remove();
	}

	@Test
	void valueOfTheCallingThreadNarrowsACallOfTheBean() {
		this.runner.run((context) -> {
			Stock stock = context.getBean(Stock.class);
			TENANT.set("acme");
			assertThat(stock.count("acme")).isEqualTo(5);
			TENANT.set("bolt");
			assertThatExceptionOfType(ContractViolationException.class).isThrownBy(() -> stock.count("acme"))
				.withMessage("read of 'domain.acme.eu.apples' is not declared by process 'stock.count': "
						+ "declared=[domain.{@tenant}.{@region}.apples], add it to inputs");
		});
	}

	@Test
	void valueOfTheSubmittingThreadNarrowsAnAsynchronousExecution() {
		this.runner.run((context) -> {
			TENANT.set("acme");
			assertThat(context.getBean(TheusEngine.class).<Integer>executeAsync("count", "acme").join()).isEqualTo(5);
		});
	}

	static class Region implements ContractVariable {

		@Override
		public String name() {
			return "region";
		}

		@Override
		public Object value() {
			return "eu";
		}

	}

	static class Stock {

		private final ProcessContext state;

		Stock(ProcessContext state) {
			this.state = state;
		}

		@Process(inputs = "domain.{@tenant}.{@region}.apples")
		int count(String tenant) {
			return this.state.get("domain." + tenant + ".eu.apples", Integer.class);
		}

	}

}
