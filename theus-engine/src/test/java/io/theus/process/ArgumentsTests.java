package io.theus.process;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.theus.ProcessContext;
import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArgumentsTests {

	private final TheusEngine engine = TheusEngine.builder().processes(new Shop()).build();

	@Test
	void argumentsGoByPositionOrByName() {
		assertThat(this.engine.<String>execute("pay", "bob", 7L)).isEqualTo("bob pays 7");
		assertThat(this.engine.<String>execute("pay", Map.of("amount", 7L, "who", "bob"))).isEqualTo("bob pays 7");
		assertThat(this.engine.<String>executeAsync("pay", "bob", 7L)).succeedsWithin(Duration.ofSeconds(30))
			.isEqualTo("bob pays 7");
		assertThat(this.engine.<String>executeAsync("pay", Map.of("amount", 7L, "who", "bob")))
			.succeedsWithin(Duration.ofSeconds(30))
			.isEqualTo("bob pays 7");
	}

	@Test
	void contextIsSuppliedWhateverTheCallerPasses() {
		assertThat(this.engine.<String>execute("supplied", "x")).isEqualTo("shop.supplied x");
	}

	@Test
	void numberOfArgumentsHasToFit() {
		refused("amount", "the process takes other arguments, expected=[who, amount] given=1", "bob");
		refused("who", "the process takes other arguments, expected=[who, amount] given=0");
		refused("#3", "the process takes other arguments, expected=[who, amount] given=3", "bob", 7L, 8L);
	}

	@Test
	void namesHaveToFit() {
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("pay", Map.of("who", "bob", "amuont", 7L)))
			.withMessage(
					"argument 'amuont' of process 'shop.pay' is invalid: the process has no such argument, did you "
							+ "mean 'amount', expected=[who, amount]");
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("pay", Map.of("who", "bob")))
			.withMessage("argument 'amount' of process 'shop.pay' is invalid: it is missing, expected=[who, amount]");
	}

	@Test
	void optionalArgumentMayBeLeftOutByName() {
		assertThat(this.engine.<String>execute("maybe", Map.of())).isEqualTo("null Optional.empty");
		assertThat(this.engine.<String>execute("maybe", Map.of("a", "x", "b", "y"))).isEqualTo("x Optional[y]");
		assertThat(this.engine.<String>execute("maybe", null, null)).isEqualTo("null Optional.empty");
		assertThat(this.engine.<String>execute("maybe", "x", Optional.of("y"))).isEqualTo("x Optional[y]");
	}

	@Test
	void valuesConvertWhereNothingIsLost() {
		UUID id = UUID.randomUUID();
		assertThat(this.engine.<String>execute("pay", "bob", 7)).isEqualTo("bob pays 7");
		assertThat(this.engine.<String>execute("pay", "bob", new BigDecimal("7.0"))).isEqualTo("bob pays 7");
		assertThat(this.engine.<List<Object>>execute("types", "MONDAY", id.toString(), "1.50", "2026-01-02T03:04:05Z",
				"PT5S", List.of(1, 2)))
			.isEqualTo(List.of(DayOfWeek.MONDAY, id, new BigDecimal("1.50"), Instant.parse("2026-01-02T03:04:05Z"),
					Duration.ofSeconds(5), List.of(1L, 2L)));
		refused("amount", "the type does not fit, expected=long actual=java.lang.Double", "bob", 7.5);
		refused("amount", "the type does not fit, expected=long actual=java.lang.String", "bob", "7");
		refused("who", "the type does not fit, expected=java.lang.String actual=java.lang.Integer", 1, 7L);
		refused("amount", "null is no long, pass a value", "bob", null);
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("types", "MUNDAY", id, "1", "x", "PT5S", List.of()))
			.withMessage("argument 'day' of process 'shop.types' is invalid: the type does not fit, "
					+ "expected=java.time.DayOfWeek actual=java.lang.String");
	}

	private void refused(String argument, String problem, Object... arguments) {
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("pay", arguments))
			.withMessage("argument '%s' of process 'shop.pay' is invalid: %s", argument, problem)
			.satisfies((ex) -> {
				assertThat(ex.process()).isEqualTo("shop.pay");
				assertThat(ex.argument()).isEqualTo(argument);
			});
	}

	static class Shop {

		@Process
		String pay(String who, long amount) {
			return who + " pays " + amount;
		}

		@Process
		String supplied(ProcessContext context, String x) {
			return context.processId() + " " + x;
		}

		@Process
		String maybe(@Nullable String a, Optional<String> b) {
			return a + " " + b;
		}

		@Process
		List<Object> types(DayOfWeek day, UUID id, BigDecimal amount, Instant when, Duration howLong,
				List<Long> numbers) {
			return Arrays.asList(day, id, amount, when, howLong, numbers);
		}

	}

}
