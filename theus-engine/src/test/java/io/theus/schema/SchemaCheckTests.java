package io.theus.schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.TransactionContext;
import io.theus.annotation.TheusState;
import io.theus.engine.TheusEngine;
import io.theus.state.Snapshot;
import io.theus.state.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SchemaCheckTests {

	private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");

	private static final String KEYS = "[name, counter, motto, stock, orders, byStatus, log_events, log_plain, payment, extra]";

	private final TheusEngine engine = TheusEngine.builder().schema(Shop.class).build();

	private static Shop.Order order(String total) {
		return new Shop.Order(ID, new BigDecimal(total), Shop.Status.NEW, List.of(new Shop.Line("a", 1)), Set.of(),
				null, null);
	}

	private void write(Consumer<TransactionContext> body) {
		this.engine.transact((tx) -> {
			body.accept(tx);
			return null;
		});
	}

	private void begin() {
		write((tx) -> {
			tx.set("domain.name", "Corner");
			tx.set("domain.counter", 1);
			tx.set("domain.orders.o1", order("5"));
		});
	}

	@Test
	void layerThatNobodyWroteIsValid() {
		write((tx) -> tx.set("global.rate", 5));
		assertThat(this.engine.state().contains("domain")).isFalse();
	}

	@Test
	void requiredFieldsMustComeWithTheFirstWrite() {
		assertThatExceptionOfType(SchemaViolationException.class)
			.isThrownBy(() -> write((tx) -> tx.set("domain.name", "x")))
			.withMessage("value at 'domain.counter' does not fit the schema: expected=java.lang.Long actual=absent, "
					+ "it is required, store it together with what is around it");
	}

	@Test
	void absentCollectionsCountAsEmpty() {
		begin();
		assertThat(this.engine.state().keys("domain")).containsExactlyInAnyOrder("name", "counter", "orders");
	}

	static Stream<Arguments> refused() {
		return Stream.of(
				arguments(set("domain.counter", "12"), "domain.counter", "java.lang.Long", "java.lang.String",
						"store a value of the declared type"),
				arguments(set("domain.counter", 1.5), "domain.counter", "java.lang.Long", "java.lang.Double",
						"store a value of the declared type"),
				arguments(set("domain.counter", null), "domain.counter", "java.lang.Long", "null",
						"store a value or declare it as @Nullable or not required"),
				arguments(set("domain.name", 5), "domain.name", "java.lang.String", "java.lang.Integer",
						"store a value of the declared type"),
				arguments(remove("domain.name"), "domain.name", "java.lang.String", "absent",
						"it is required, store it together with what is around it"),
				arguments(set("domain.nmae", "x"), "domain.nmae", "one of " + KEYS, "undeclared key",
						"declare it or open the schema there, did you mean 'name'"),
				arguments(set("domain.colour.main", "x"), "domain.colour", "one of " + KEYS, "undeclared key",
						"declare it or open the schema there"),
				arguments(set("domain.stock", List.of()), "domain.stock", "a map", "a list",
						"store a value of the declared type"),
				arguments(set("domain.stock.apple", "many"), "domain.stock.apple", "java.lang.Long", "java.lang.String",
						"store a value of the declared type"),
				arguments(set("domain.stock.apple", null), "domain.stock.apple", "java.lang.Long", "null",
						"store a value or declare it as @Nullable or not required"),
				arguments(set("domain.stock", Map.of("a", 1L, "b", true)), "domain.stock.b", "java.lang.Long",
						"java.lang.Boolean", "store a value of the declared type"),
				arguments(set("domain.stock.a.b", 1L), "domain.stock.a", "java.lang.Long", "a map",
						"store a value of the declared type"),
				arguments(set("domain.byStatus.GONE", 1), "domain.byStatus.GONE",
						"a key of type io.theus.schema.Shop$Status", "key 'GONE'", "store the value under such a key"),
				arguments(set("domain.log_plain", List.of("a", 5)), "domain.log_plain.1", "java.lang.String",
						"java.lang.Integer", "store a value of the declared type"),
				arguments(set("domain.orders.o2", 5), "domain.orders.o2", "io.theus.schema.Shop$Order",
						"java.lang.Integer", "store a value of the declared type"),
				arguments(set("domain.orders.o2", new Shop.Line("a", 1)), "domain.orders.o2",
						"io.theus.schema.Shop$Order", "io.theus.schema.Shop$Line",
						"store a value of the declared type"),
				arguments(set("domain.orders.o2.total", 5), "domain.orders.o2", "io.theus.schema.Shop$Order", "a map",
						"store a value of the declared type"),
				arguments(set("domain.orders.o1.total", null), "domain.orders.o1.total", "java.math.BigDecimal", "null",
						"store a value or declare it as @Nullable or not required"),
				arguments(
						set("domain.orders.o2",
								new Shop.Order(ID, BigDecimal.ONE, null, List.of(), Set.of(), null, null)),
						"domain.orders.o2.status", "io.theus.schema.Shop$Status", "null",
						"store a value or declare it as @Nullable or not required"),
				arguments(set("domain.orders.o1.lines", List.of("a")), "domain.orders.o1.lines.0",
						"io.theus.schema.Shop$Line", "java.lang.String", "store a value of the declared type"),
				arguments(set("domain.orders.o1.tags", Set.of(1)), "domain.orders.o1.tags", "java.lang.String",
						"java.lang.Integer", "store a value of the declared type"),
				arguments(set("domain.payment", new Shop.Line("a", 1)), "domain.payment",
						"io.theus.schema.Shop$Payment", "io.theus.schema.Shop$Line",
						"store a value of the declared type"),
				arguments(set("domain.payment", new Shop.Card(null, 1)), "domain.payment.number", "java.lang.String",
						"null", "store a value or declare it as @Nullable or not required"));
	}

	private static Consumer<TransactionContext> set(String path, Object value) {
		return (tx) -> tx.set(path, value);
	}

	private static Consumer<TransactionContext> remove(String path) {
		return (tx) -> tx.remove(path);
	}

	@ParameterizedTest(name = "{1} {2} {3}")
	@MethodSource("refused")
	void whatDoesNotFitIsRefusedAndLeavesNothing(Consumer<TransactionContext> body, String path, String expected,
			String actual, String remedy) {
		begin();
		State before = this.engine.state();
		assertThatExceptionOfType(SchemaViolationException.class).isThrownBy(() -> write((tx) -> {
			tx.set("domain.counter", 2L);
			tx.emit("order_placed", "x");
			body.accept(tx);
		})).satisfies((ex) -> {
			assertThat(ex).hasMessage("value at '%s' does not fit the schema: expected=%s actual=%s, %s".formatted(path,
					expected, actual, remedy));
			assertThat(ex.path()).hasToString(path);
			assertThat(ex.expected()).isEqualTo(expected);
			assertThat(ex.actual()).isEqualTo(actual);
		});
		assertThat(this.engine.state()).isSameAs(before);
		assertThat(this.engine.metaLog().entries()).hasSize(1);
	}

	static Stream<Consumer<TransactionContext>> accepted() {
		return Stream.of(set("domain.motto", null), set("domain.extra", Map.of("any", List.of(1, "b"))),
				set("domain.orders.o1.total", new BigDecimal("7.50")), set("domain.orders.o1.paidAt", Instant.EPOCH),
				set("domain.payment", new Shop.Cash(Currency.getInstance("EUR"))),
				set("domain.byStatus", Map.of(Shop.Status.PAID, 5)), set("domain.stock.log_x", 5L),
				(tx) -> tx.append("domain.log_events", "opened"), remove("domain.orders.o1"), remove("domain.orders"),
				set("domain.log_plain", List.of("a")), (tx) -> {
					tx.set("domain.orders.o2", order("1"));
					tx.remove("domain.orders.o1");
				}, (tx) -> {
					tx.set("domain.counter", "not the last word");
					tx.set("domain.counter", 7);
				});
	}

	@ParameterizedTest
	@MethodSource("accepted")
	void whatFitsIsCommitted(Consumer<TransactionContext> body) {
		begin();
		write(body);
		assertThat(this.engine.state().version()).isEqualTo(2);
	}

	@Test
	void wholeLayerIsGivenAsARecord() {
		TheusEngine configured = TheusEngine.builder().schema(Config.class).build();
		configured.edit("begin", (tx) -> tx.set("global", new Config("n", 1, Map.of("a", 1L))));
		assertThat(configured.state().get("global.limits.a", Long.class)).isEqualTo(1L);
		assertThatExceptionOfType(SchemaViolationException.class)
			.isThrownBy(() -> configured.edit("shrink", (tx) -> tx.set("global", Map.of("name", "n"))))
			.withMessageContaining("'global.size'");
	}

	@Test
	void undeclaredKeyFromBeforeTheSchemaCanBeRemoved() {
		Schema schema = Schema.of(List.of(Shop.class), List.of(), null);
		State legacy = State.fromMap(Map.of("domain", Map.of("name", "n", "counter", 1L, "old", 1)));
		State cleaned = State.fromMap(Map.of("domain", Map.of("name", "n", "counter", 1L)));
		schema.check(legacy.diff(cleaned), ((Snapshot) cleaned).root());
		assertThat(legacy.diff(cleaned)).hasSize(1);
	}

	@TheusState("global")
	record Config(String name, int size, Map<String, Long> limits) {

	}

}
