package io.theus.process;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.theus.annotation.Process;
import io.theus.engine.TheusEngine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ArgumentConversionTests {

	private final TheusEngine engine = TheusEngine.builder().processes(new Desk()).build();

	@AfterEach
	void close() {
		this.engine.close();
	}

	private Object take(Object order) {
		return this.engine.execute("take", Map.of("order", order));
	}

	private void refused(String problem, Object order) {
		assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> take(order))
			.withMessage("argument 'order' of process 'desk.take' is invalid: %s", problem)
			.satisfies((ex) -> {
				assertThat(ex.process()).isEqualTo("desk.take");
				assertThat(ex.argument()).isEqualTo("order");
			});
	}

	private static Map<String, Object> line(Object sku, Object count) {
		return Map.of("sku", sku, "count", count);
	}

	@Test
	void mapBecomesARecordAtAnyDepth() {
		UUID id = UUID.randomUUID();
		Object order = take(
				Map.of("id", id.toString(), "lines", List.of(line("a", 1L), line("b", new BigDecimal("2.0"))), "due",
						"2026-02-03", "days", List.of("MONDAY", "FRIDAY"), "prices", Map.of("7", "1.50"), "code", "x"));
		assertThat(order)
			.isEqualTo(new Order(id, List.of(new Line("a", 1), new Line("b", 2)), Optional.of(LocalDate.of(2026, 2, 3)),
					Set.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), Map.of(7L, new BigDecimal("1.50")), null, 'x'));
	}

	@Test
	void recordStaysTheSameObject() {
		Order order = new Order(UUID.randomUUID(), List.of(), Optional.empty(), Set.of(), Map.of(), "x", 'y');
		assertThat(take(order)).isSameAs(order);
	}

	@Test
	void componentThatDoesNotFitIsNamed() {
		Map<String, Object> order = new HashMap<>(Map.of("id", UUID.randomUUID().toString(), "lines", List.of(), "days",
				List.of(), "prices", Map.of(), "code", "x"));
		assertThat(take(order)).isInstanceOf(Order.class);
		order.put("lines", List.of(line("a", 1), line("b", "2")));
		refused("at 'order.lines[1].count' the type does not fit, expected=int actual=java.lang.String", order);
		order.put("lines", List.of(line("a", 1.5)));
		refused("at 'order.lines[0].count' the type does not fit, expected=int actual=java.lang.Double", order);
		order.put("lines", List.of(line(1, 1)));
		refused("at 'order.lines[0].sku' the type does not fit, expected=java.lang.String actual=java.lang.Integer",
				order);
		order.put("lines", List.of(Map.of("sku", "a", "cuont", 1)));
		refused("at 'order.lines[0].cuont' %s has no such component, did you mean 'count', expected=[sku, count]"
			.formatted(Line.class.getName()), order);
		order.put("lines", List.of(Map.of("sku", "a")));
		refused("at 'order.lines[0].count' it is missing, expected=int", order);
		order.put("lines", List.of(line("a", -1)));
		refused("at 'order.lines[0]' the constructor of %s refused its components: %s".formatted(Line.class.getName(),
				"java.lang.IllegalArgumentException"), order);
		order.put("lines", List.of());
		order.put("days", List.of("MONDAY", "MONDAY"));
		refused("at 'order.days' the type does not fit, expected=java.util.Set<java.time.DayOfWeek> "
				+ "actual=java.util.ImmutableCollections$List12", order);
		order.put("days", List.of("MUNDAY"));
		refused("at 'order.days[0]' the type does not fit, expected=java.time.DayOfWeek actual=java.lang.String",
				order);
		order.put("days", List.of());
		order.put("prices", Map.of("seven", 1));
		refused("at 'order.prices.seven' the type does not fit, expected=java.lang.Long actual=java.lang.String",
				order);
		order.put("prices", Map.of("7", true));
		refused("at 'order.prices.7' the type does not fit, expected=java.math.BigDecimal actual=java.lang.Boolean",
				order);
		order.put("prices", Map.of());
		order.put("code", "xy");
		refused("at 'order.code' the type does not fit, expected=char actual=java.lang.String", order);
		order.put("code", null);
		refused("at 'order.code' the type does not fit, expected=char actual=null", order);
	}

	@Test
	void otherValueIsNoRecord() {
		refused("the type does not fit, expected=%s actual=java.lang.String".formatted(Order.class.getName()), "o-1");
	}

	@Test
	void elementsOfAListAreConverted() {
		assertThat(this.engine.<List<Object>>execute("many", List.of("2026-01-02T03:04:05Z"), List.of(1, 2L), "http:x",
				"12"))
			.isEqualTo(List.of(List.of(Instant.parse("2026-01-02T03:04:05Z")), List.of(1L, 2L), URI.create("http:x"),
					BigInteger.valueOf(12)));
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> this.engine.execute("many", "now", List.of(), "http:x", 12))
			.withMessage("argument 'times' of process 'desk.many' is invalid: the type does not fit, "
					+ "expected=java.util.List<java.time.Instant> actual=java.lang.String");
	}

	@Test
	void keysThatHaveTheTypeAlreadyAreKept() {
		Map<Long, String> names = Map.of(1L, "a");
		assertThat(this.engine.<Object>execute("keyed", Map.of("names", names))).isSameAs(names);
		assertThat(this.engine.<Object>execute("keyed", Map.of("names", Map.of("1", "a")))).isEqualTo(names);
	}

	@Test
	void valueCanBeCheckedBeforeItIsPassed() {
		ProcessDefinition process = this.engine.processes().get("keyed");
		process.checkArgument("names", Map.of("1", "a"));
		assertThatExceptionOfType(InvalidArgumentException.class)
			.isThrownBy(() -> process.checkArgument("names", List.of()))
			.withMessageContaining("expected=java.util.Map<java.lang.Long, java.lang.String> actual=");
		assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> process.checkArgument("nams", 1))
			.withMessage("argument 'nams' of process 'desk.keyed' is invalid: the process has no such argument, "
					+ "did you mean 'names', expected=[names]");
	}

	record Line(String sku, int count) {

		Line {
			if (count < 0) {
				throw new IllegalArgumentException("count is negative");
			}
		}

	}

	record Order(UUID id, List<Line> lines, Optional<LocalDate> due, Set<DayOfWeek> days, Map<Long, BigDecimal> prices,
			@Nullable String note, char code) {

	}

	static class Desk {

		@Process
		Object take(Order order) {
			return order;
		}

		@Process
		List<Object> many(List<Instant> times, List<Long> numbers, URI uri, BigInteger big) {
			return List.of(times, numbers, uri, big);
		}

		@Process
		Object keyed(Map<Long, String> names) {
			return names;
		}

	}

}
