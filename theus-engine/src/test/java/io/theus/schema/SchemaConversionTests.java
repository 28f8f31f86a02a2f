package io.theus.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.annotation.TheusState;
import io.theus.engine.TheusEngine;
import io.theus.path.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SchemaConversionTests {

	private static final String ID = "123e4567-e89b-12d3-a456-426614174000";

	private final Schema schema = Schema.of(List.of(Types.class, Order.class), List.of(), null);

	private Object convert(String path, Object value) {
		return this.schema.convert(Path.parse(path), value);
	}

	static Stream<Arguments> converted() {
		return Stream.of(arguments("aLong", 5, 5L), arguments("aLong", new BigDecimal("5.0"), 5L),
				arguments("anInt", 5L, 5), arguments("aDouble", 5, 5.0),
				arguments("aDouble", new BigDecimal("0.1"), 0.1), arguments("decimal", 5, new BigDecimal(5)),
				arguments("decimal", 0.1, new BigDecimal("0.1")), arguments("bigInteger", 5L, BigInteger.valueOf(5)),
				arguments("character", "x", 'x'), arguments("color", "RED", Color.RED),
				arguments("id", ID, UUID.fromString(ID)),
				arguments("uri", "https://example.org", URI.create("https://example.org")),
				arguments("currency", "EUR", Currency.getInstance("EUR")),
				arguments("locale", "de-AT", Locale.forLanguageTag("de-AT")),
				arguments("day", "2026-02-28", LocalDate.of(2026, 2, 28)),
				arguments("instant", "2026-02-28T00:00:00Z", Instant.parse("2026-02-28T00:00:00Z")),
				arguments("duration", "PT5M", Duration.ofMinutes(5)),
				arguments("zone", "Europe/Vienna", ZoneId.of("Europe/Vienna")),
				arguments("colors", List.of("RED", "BLUE"), Set.of(Color.RED, Color.BLUE)),
				arguments("days", List.of("2026-02-28"), List.of(LocalDate.of(2026, 2, 28))),
				arguments("counts", Map.of("a", 1), Map.of("a", 1L)), arguments("counts.a", 1, 1L),
				arguments("nested", Map.of("a", Map.of("b", 1)), Map.of("a", Map.of("b", 1L))));
	}

	@ParameterizedTest
	@MethodSource("converted")
	void whatLosesNothingIsConverted(String key, Object value, Object expected) {
		assertThat(convert("domain." + key, value)).isEqualTo(expected);
		// What is converted already stays the same object
		assertThat(convert("domain." + key, expected)).isSameAs(expected);
	}

	static Stream<Arguments> kept() {
		return Stream.of(arguments("aLong", "5"), arguments("aLong", 5.5), arguments("anInt", 5_000_000_000L),
				arguments("aLong", true), arguments("decimal", "5"), arguments("text", 5), arguments("color", "red"),
				arguments("color", "GREEN"), arguments("id", "1-1-1-1-1"), arguments("day", "28.2.2026"),
				arguments("currency", "EURO"), arguments("locale", "?"), arguments("character", "xy"),
				arguments("uri", "a b"), arguments("colors", List.of("RED", "RED")), arguments("counts", List.of(1)),
				arguments("days", "2026-02-28"), arguments("any", List.of(1)), arguments("undeclared", 5));
	}

	@ParameterizedTest
	@MethodSource("kept")
	void whatCannotBeConvertedWithoutLossStaysAndIsLeftToTheCheck(String key, Object value) {
		assertThat(convert("domain." + key, value)).isSameAs(value);
	}

	@Test
	void mapBecomesTheRecordThatTheSchemaDeclares() {
		Map<String, Object> map = Map.of("id", ID, "total", 5, "lines", List.of(Map.of("sku", "a", "quantity", 2L)));
		Order order = new Order(UUID.fromString(ID), new BigDecimal(5), List.of(new Line("a", 2)), null);
		assertThat(convert("domain.orders.o1", map)).isEqualTo(order);
		assertThat(convert("domain.orders", Map.of("o1", map))).isEqualTo(Map.of("o1", order));
		assertThat(convert("domain", Map.of("orders", Map.of("o1", map))))
			.isEqualTo(Map.of("orders", Map.of("o1", order)));
	}

	@Test
	void absentCollectionBecomesAnEmptyOne() {
		assertThat(convert("domain.orders.o1", Map.of("id", ID, "total", 5)))
			.isEqualTo(new Order(UUID.fromString(ID), new BigDecimal(5), List.of(), null));
	}

	static Stream<Arguments> noRecord() {
		return Stream.of(
				arguments(Map.of("id", ID), "domain.orders.o1.total", "java.math.BigDecimal", "absent",
						"it is required, store it together with what is around it"),
				arguments(Map.of("id", ID, "totl", 5), "domain.orders.o1.totl", "one of [id, total, lines, note]",
						"undeclared key", "declare it or open the schema there, did you mean 'total'"),
				arguments(Map.of("id", "x", "total", 5), "domain.orders.o1.id", "java.util.UUID", "java.lang.String",
						"store a value of the declared type"),
				arguments(Map.of("id", ID, "total", 5, "lines", List.of(Map.of("sku", "a"))),
						"domain.orders.o1.lines.0.quantity", "java.lang.Integer", "absent",
						"it is required, store it together with what is around it"),
				arguments(Map.of("id", ID, "total", -1), "domain.orders.o1",
						"io.theus.schema.SchemaConversionTests$Order", "a map",
						"its constructor refused the components: " + "java.lang.IllegalArgumentException"));
	}

	@ParameterizedTest
	@MethodSource("noRecord")
	void mapThatCannotBecomeTheRecordIsRefused(Map<String, Object> map, String path, String expected, String actual,
			String remedy) {
		assertThatExceptionOfType(SchemaViolationException.class).isThrownBy(() -> convert("domain.orders.o1", map))
			.withMessage("value at '%s' does not fit the schema: expected=%s actual=%s, %s".formatted(path, expected,
					actual, remedy));
	}

	@Test
	void everyKindOfWriteConverts() {
		TheusEngine engine = TheusEngine.builder().schema(Types.class, Order.class).build();
		Map<String, Object> order = Map.of("id", ID, "total", 5);
		engine.transact((tx) -> {
			tx.set("domain.orders.set", order);
			tx.create("domain.orders.create", order);
			tx.merge("domain.orders", Map.of("merge", order));
			tx.upsert("domain.orders.upsert", order, (same) -> same);
			tx.set("domain.orders.set.total", 7);
			tx.merge("domain.orders.create", Map.of("total", 8));
			tx.append("domain.orders.set.lines", Map.of("sku", "a", "quantity", 1));
			tx.append("domain.colors", "RED");
			return null;
		});
		engine.compareAndSwap(1, Map.of("domain.orders.swap", order));
		for (String key : List.of("set", "create", "merge", "upsert", "swap")) {
			assertThat(engine.state().get("domain.orders." + key)).as(key).isInstanceOf(Order.class);
		}
		assertThat(engine.state().get("domain.orders.set.total")).isEqualTo(new BigDecimal(7));
		assertThat(engine.state().get("domain.orders.create.total")).isEqualTo(new BigDecimal(8));
		assertThat(engine.state().get("domain.orders.set.lines")).isEqualTo(List.of(new Line("a", 1)));
	}

	@Test
	void equalNumberOfAnotherTypeIsNoEffect() {
		TheusEngine engine = TheusEngine.builder().schema(Types.class).build();
		for (Object five : List.of(5L, 5, new BigDecimal("5.0"))) {
			engine.transact((tx) -> {
				tx.set("domain.aLong", five);
				return null;
			});
		}
		assertThat(engine.state().version()).isEqualTo(1);
	}

	@Test
	void openRecordIsStoredAsAMap() {
		TheusEngine engine = TheusEngine.builder().schema(Profile.class).build();
		engine.transact((tx) -> {
			tx.set("domain.profiles.a", new Profile("Ann", 30));
			tx.set("domain.profiles.b", new HashMap<>(Map.of("name", "Bob", "age", 20L, "hobby", "chess")));
			tx.set("domain.profiles.a.hobby", "go");
			return null;
		});
		assertThat(engine.state().get("domain.profiles"))
			.isEqualTo(Map.of("a", Map.of("name", "Ann", "age", 30, "hobby", "go"), "b",
					Map.of("name", "Bob", "age", 20, "hobby", "chess")));
	}

	enum Color {

		RED, BLUE

	}

	@TheusState(value = "domain", open = true)
	record Types(@Nullable Long aLong, @Nullable Integer anInt, @Nullable Double aDouble, @Nullable BigDecimal decimal,
			@Nullable BigInteger bigInteger, @Nullable Character character, @Nullable Color color, @Nullable UUID id,
			@Nullable URI uri, @Nullable Currency currency, @Nullable Locale locale, @Nullable LocalDate day,
			@Nullable Instant instant, @Nullable Duration duration, @Nullable ZoneId zone, @Nullable String text,
			@Nullable Object any, Set<Color> colors, List<LocalDate> days, Map<String, Long> counts,
			Map<String, Map<String, Long>> nested) {

	}

	@TheusState("domain.orders.*")
	record Order(UUID id, BigDecimal total, List<Line> lines, @Nullable String note) {

		Order {
			if (total != null && total.signum() < 0) {
				throw new IllegalArgumentException("total is negative");
			}
		}

	}

	record Line(String sku, int quantity) {

	}

	@TheusState(value = "domain.profiles.*", open = true)
	record Profile(String name, int age) {

	}

}
