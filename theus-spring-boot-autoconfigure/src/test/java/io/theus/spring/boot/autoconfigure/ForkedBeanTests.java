package io.theus.spring.boot.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.ProcessContext;
import io.theus.annotation.Output;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;
import io.theus.process.ForkedSideEffectException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Process beans that call each other by their proxies, in a fork.
 */
class ForkedBeanTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ProcessBeansAutoConfiguration.class, TheusAutoConfiguration.class))
		.withUserConfiguration(ShopConfiguration.class);

	@Test
	void beansWorkInTheForkThatCalledThem() {
		this.runner.run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			Orders orders = context.getBean(Orders.class);
			orders.open("o-1");
			try (TheusEngine fork = engine.fork(1)) {
				fork.execute("orders.close", "o-1");
				assertThat(fork.state().get("domain.orders")).isEqualTo(Map.of("o-1", "CLOSED"));
				assertThat(fork.state().get("domain.sold")).isEqualTo(1);
				// Outside of the fork the bean works on the state that counts
				orders.open("o-2");
				assertThat(fork.state().get("domain.orders")).isEqualTo(Map.of("o-1", "CLOSED"));
			}
			assertThat(engine.state().get("domain")).isEqualTo(Map.of("orders", Map.of("o-1", "OPEN", "o-2", "OPEN")));
		});
	}

	@Test
	void sideEffectsOfABeanDoNotHappenInAFork() {
		this.runner.run((context) -> {
			TheusEngine engine = context.getBean(TheusEngine.class);
			context.getBean(Orders.class).open("o-1");
			try (TheusEngine fork = engine.fork(1)) {
				assertThatExceptionOfType(ForkedSideEffectException.class)
					.isThrownBy(() -> fork.execute("payments.charge", "o-1"));
			}
			try (TheusEngine fork = engine.fork(1, Map.of("payments.charge", (arguments) -> 42))) {
				fork.execute("payments.charge", "o-1");
				assertThat(fork.state().get("domain.paid")).isEqualTo(42);
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class ShopConfiguration {

		@Bean
		Payments payments() {
			return new Payments();
		}

		@Bean
		Stock stock(ProcessContext context) {
			return new Stock(context);
		}

		@Bean
		Orders orders(ProcessContext context, Stock stock) {
			return new Orders(context, stock);
		}

	}

	static class Payments {

		@Process(sideEffects = "http:payments")
		@Output("domain.paid")
		int charge(String order) {
			throw new AssertionError("paid for " + order);
		}

	}

	static class Stock {

		private final ProcessContext context;

		Stock(ProcessContext context) {
			this.context = context;
		}

		@Process(updates = "domain.sold")
		void sell() {
			this.context.add("domain.sold", 1);
		}

	}

	static class Orders {

		private final ProcessContext context;

		private final Stock stock;

		Orders(ProcessContext context, Stock stock) {
			this.context = context;
			this.stock = stock;
		}

		@Process(outputs = "domain.orders.{id}")
		void open(String id) {
			this.context.create("domain.orders." + id, "OPEN");
		}

		@Process(updates = "domain.orders.{id}")
		void close(String id) {
			this.stock.sell();
			this.context.set("domain.orders." + id, "CLOSED");
		}

	}

}
