package io.theus.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.theus.Isolation;
import io.theus.OtherThreads;
import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.annotation.ProcessDefaults;
import io.theus.conflict.ConflictException;
import io.theus.conflict.ConflictSettings;
import io.theus.contract.InvalidContractException;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.state.State;
import io.theus.transaction.TransactionOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of what must not have changed when work commits.
 */
class IsolationTests {

	private final AtomicInteger attempts = new AtomicInteger();

	private final TheusEngineBuilder builder = TheusEngine.builder()
		.initialState(() -> Map.of("domain",
				Map.of("rates", Map.of("eur", 1, "usd", 2), "orders", Map.of("a", 0, "b", 0), "other", 0)))
		.conflicts(new ConflictSettings(3, Duration.ZERO, Duration.ZERO));

	private TheusEngine engine;

	@Test
	void safeProcessIsRefusedWhenAnythingItsContractCoversHasChanged() {
		for (String changed : List.of("domain.rates.usd", "domain.rates.gbp", "domain.rates")) {
			assertThat(attemptsOf(Isolation.SAFE, changed)).as(changed).isEqualTo(2);
			assertThat(attemptsOf(Isolation.HYBRID, changed)).as(changed).isEqualTo(1);
		}
	}

	@Test
	void changeElsewhereDoesNotMatterToASafeProcess() {
		for (String changed : List.of("domain.other", "domain.orders.b", "domain.orders.c", "global.x")) {
			assertThat(attemptsOf(Isolation.SAFE, changed)).as(changed).isEqualTo(1);
		}
	}

	@Test
	void isolationOfTheEngineHoldsWhereNobodySays() {
		this.builder.isolation(Isolation.SAFE);
		assertThat(attemptsOf(Isolation.DEFAULT, "domain.rates.usd")).isEqualTo(2);
		assertThat(attemptsOf(Isolation.HYBRID, "domain.rates.usd")).isEqualTo(1);
	}

	@Test
	void equalValueIsNoChangeToASafeProcess() {
		assertThat(attemptsOf(Isolation.SAFE, (other) -> other.compareAndSwap(1, Map.of("domain.rates.usd", 2))))
			.isEqualTo(1);
	}

	@Test
	void whatASafeProcessCallsIsSafeUnderItsOwnContract() {
		this.builder.process("shop.inner", (process) -> process.inputs("domain.rates").body((context, arguments) -> 1));
		this.builder.process("shop.outer",
				(process) -> process.updates("domain.orders.a").isolation(Isolation.SAFE).body((context, arguments) -> {
					context.set("domain.orders.a", this.attempts.incrementAndGet());
					this.engine.execute("shop.inner");
					changeOnce((other) -> other.compareAndSwap(other.state().version(), Map.of("domain.rates.usd", 9)));
					return null;
				}));
		this.engine = this.builder.build();
		this.engine.execute("shop.outer");
		assertThat(this.attempts).hasValue(2);
	}

	@Test
	void safeTransactionIsRefusedByAnyChange() {
		this.engine = this.builder.build();
		TransactionOptions options = TransactionOptions.named("audit").withIsolation(Isolation.SAFE);
		State before = this.engine.state();
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.engine.transact(options, (transaction) -> {
				transaction.set("domain.orders.a", 1);
				OtherThreads.run(() -> this.engine.compareAndSwap(1, Map.of("global.x", 1)));
				return true;
			}))
			.withMessageStartingWith(
					"conflict on 'global' in transaction 'audit': changed by compare-and-swap in commit "
							+ "version=2 after snapshot version=1");
		assertThat(this.engine.state().version()).isEqualTo(before.version() + 1);
		assertThat(this.engine.state().get("domain.orders.a", Integer.class)).isZero();
	}

	@Test
	void annotationAndDefaultsOfTheClassSayTheIsolation() {
		Shop shop = new Shop();
		this.engine = this.builder.processes(shop).build();
		shop.state = this.engine.context();
		assertThat(this.engine.processes().get("safe").isolation()).isEqualTo(Isolation.SAFE);
		assertThat(this.engine.processes().get("hybrid").isolation()).isEqualTo(Isolation.HYBRID);
	}

	@Test
	void strictCompareAndSwapIsRefusedByAnyDifferenceOfVersions() {
		this.engine = this.builder.strictCompareAndSwap(true).build();
		this.engine.compareAndSwap(1, Map.of("domain.other", 1));
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.engine.compareAndSwap(1, Map.of("domain.orders.a", 1)))
			.withMessageStartingWith(
					"conflict on 'domain.orders.a' in compare-and-swap: compare-and-swap is strict and "
							+ "the state is at version=2, changed after snapshot version=1");
		assertThat(this.engine.compareAndSwap(2, Map.of("domain.orders.a", 1))).isEqualTo(3);
	}

	@Test
	void sideEffectsCanBeForbidden() {
		this.builder.sideEffects(false)
			.process("shop.charge",
					(process) -> process.sideEffects("http:payments").body((context, arguments) -> null));
		assertThatExceptionOfType(InvalidContractException.class).isThrownBy(this.builder::build)
			.withMessage("process 'shop.charge' is declared wrongly: it declares sideEffects=[http:payments], which "
					+ "are forbidden here, remove them or set theus.process.side-effects=declared");
	}

	private int attemptsOf(Isolation isolation, String changed) {
		return attemptsOf(isolation, (other) -> other.transact((transaction) -> {
			transaction.set(changed, changed.endsWith("rates") ? Map.of("eur", 1) : 9);
			return true;
		}));
	}

	// The process reads one rate and writes one order, while another thread makes a
	// change
	private int attemptsOf(Isolation isolation, Consumer<TheusEngine> change) {
		this.attempts.set(0);
		this.builder.process("shop.run",
				(process) -> process.argument("order", String.class)
					.inputs("domain.rates")
					.updates("domain.orders.{order}")
					.isolation(isolation)
					.body((context, arguments) -> {
						context.get("domain.rates.eur");
						this.attempts.incrementAndGet();
						changeOnce(change);
						context.update("domain.orders." + arguments.get("order"), Integer.class, (value) -> value + 1);
						return null;
					}));
		this.engine = this.builder.build();
		String order = "a";
		this.engine.execute("shop.run", order);
		return this.attempts.get();
	}

	private void changeOnce(Consumer<TheusEngine> change) {
		if (this.attempts.get() == 1) {
			OtherThreads.run(() -> change.accept(this.engine));
		}
	}

	@ProcessDefaults(isolation = Isolation.SAFE)
	static class Shop {

		private ProcessContext state;

		@Process(updates = "domain.other")
		void safe() {
			this.state.set("domain.other", 1);
		}

		@Process(updates = "domain.other", isolation = Isolation.HYBRID)
		void hybrid() {
			this.state.set("domain.other", 2);
		}

	}

}
