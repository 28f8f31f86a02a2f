package io.theus.state;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.internal.collection.PersistentList;
import io.theus.internal.collection.PersistentMap;
import io.theus.internal.collection.PersistentSet;
import io.theus.path.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SuppressWarnings({ "JavaUtilDate", "UnnecessaryStringBuilder" })
class ValuesTests {

	private static final Path PATH = Path.parse("domain.x");

	private final Values values = new Values(Set.of(Registered.class));

	static Stream<Object> scalars() {
		return Stream.of(true, (byte) 1, (short) 2, 3, 4L, 5.5f, 6.5, 'c', "text", new BigDecimal("1.50"),
				new BigInteger("7"), UUID.randomUUID(), URI.create("http:x"), Currency.getInstance("EUR"), Locale.ROOT,
				DayOfWeek.MONDAY, TimeUnit.DAYS, Body.WITH, Instant.EPOCH, LocalDate.EPOCH, Duration.ZERO,
				ZoneId.of("UTC"), ZonedDateTime.now(ZoneId.of("UTC")), new Scalars(1, "a", DayOfWeek.MONDAY),
				new Empty(), new Registered());
	}

	@ParameterizedTest
	@MethodSource("scalars")
	void immutableValueIsAcceptedAsItIs(Object value) {
		assertThat(this.values.accept(PATH, value)).isSameAs(value);
		assertThat(this.values.accept(PATH, List.of(value))).isEqualTo(List.of(value));
		assertThat(this.values.accept(PATH, Map.of("k", value))).isEqualTo(Map.of("k", value));
		assertThat(this.values.accept(PATH, Set.of(value))).isEqualTo(Set.of(value));
		assertThat(this.values.accept(PATH, new Holder(value))).isEqualTo(new Holder(value));
	}

	@Test
	void nullIsAcceptedAnywhereButAsKey() {
		assertThat(this.values.accept(PATH, null)).isNull();
		assertThat(this.values.accept(PATH, Arrays.asList(1, null))).isEqualTo(Arrays.asList(1, null));
		assertThat(this.values.accept(PATH, Collections.singletonMap("k", null)))
			.isEqualTo(Collections.singletonMap("k", null));
		assertThat(this.values.accept(PATH, Collections.singleton(null))).isEqualTo(Collections.singleton(null));
		assertThat(this.values.accept(PATH, new Holder(null))).isEqualTo(new Holder(null));
	}

	static Stream<Arguments> refused() {
		String record = "the engine does not know it as immutable, use a record, or register the type as immutable";
		return Stream.of(
				Arguments.of(new Date(), "java.util.Date", "it is mutable, use a type of java.time such as Instant"),
				Arguments.of(new java.sql.Timestamp(0), "java.sql.Timestamp",
						"it is mutable, use a type of java.time such as Instant"),
				Arguments.of(Calendar.getInstance(Locale.ROOT), "java.util.GregorianCalendar",
						"it is mutable, use a type of java.time such as Instant"),
				Arguments.of(new int[0], "int[]", "an array is mutable, use a List"),
				Arguments.of(new String[0][], "java.lang.String[][]", "an array is mutable, use a List"),
				Arguments.of(new ArrayDeque<>(), "java.util.ArrayDeque",
						"it is neither List nor Set, copy it with List.copyOf"),
				Arguments.of(Optional.of(1), "java.util.Optional",
						"an Optional is no value, store its content or null"),
				Arguments.of(new StringBuilder(), "java.lang.StringBuilder", "it is mutable, use its toString()"),
				Arguments.of(new AtomicInteger(), "java.util.concurrent.atomic.AtomicInteger", record),
				Arguments.of(new Object(), "java.lang.Object", record),
				Arguments.of(Clock.systemUTC(), Clock.systemUTC().getClass().getTypeName(), record),
				Arguments.of(new Bean(), Bean.class.getTypeName(), record),
				Arguments.of(String.class, "java.lang.Class", record), Arguments.of(new BigDecimal("1") {
				}, ValuesTests.class.getName() + "$1", record));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void otherValueIsRefusedWithPathTypeAndRemedy(Object value, String type, String remedy) {
		refused(PATH, value, type, remedy, "domain.x");
		refused(PATH, List.of(1, value), type, remedy, "domain.x.1");
		refused(PATH, Map.of("a", Map.of("b", value)), type, remedy, "domain.x.a.b");
		refused(PATH, Set.of(value), type, remedy, "domain.x");
		refused(PATH, new Holder(List.of(value)), type, remedy, "domain.x.value.0");
		refused(Path.parse("domain"), Map.of("k", value), type, remedy, "domain.k");
	}

	private void refused(Path path, Object value, String type, String remedy, String at) {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> this.values.accept(path, value))
			.withMessage("value of type %s cannot be stored at '%s': %s", type, at, remedy)
			.satisfies((ex) -> {
				assertThat(ex.path()).hasToString(at);
				assertThat(ex.type()).isEqualTo(type);
			});
	}

	@Test
	void collectionsAreConvertedOnce() {
		Object map = this.values.accept(PATH, new TreeMap<>(Map.of("a", new ArrayList<>(List.of(Set.of(1))))));
		assertThat(map).isInstanceOf(PersistentMap.class);
		Object list = ((Map<?, ?>) map).get("a");
		assertThat(list).isInstanceOf(PersistentList.class);
		assertThat(((List<?>) list).get(0)).isInstanceOf(PersistentSet.class);
		assertThat(this.values.accept(PATH, map)).as("what came out of the state passes through").isSameAs(map);
	}

	@Test
	void laterChangesOfTheGivenCollectionsChangeNothing() {
		List<Object> inner = new ArrayList<>(List.of(1));
		Map<String, Object> map = new HashMap<>(Map.of("list", inner));
		Map<?, ?> accepted = (Map<?, ?>) this.values.accept(PATH, map);
		inner.add(2);
		map.put("new", 1);
		assertThat(accepted).hasToString("{list=[1]}").hasSize(1);
		assertThat(accepted.get("list")).isEqualTo(List.of(1));
	}

	@Test
	void keysBecomeText() {
		UUID id = UUID.randomUUID();
		assertThat(this.values.accept(PATH, Map.of(1, "i", 2L, "l", DayOfWeek.MONDAY, "e", id, "u", "t", "t")))
			.isEqualTo(Map.of("1", "i", "2", "l", "MONDAY", "e", id.toString(), "u", "t", "t"));
		for (Object key : Arrays.asList(null, "", 1.5, true, List.of())) {
			assertThatExceptionOfType(InvalidValueException.class)
				.isThrownBy(() -> this.values.accept(PATH, Collections.singletonMap(key, 1)))
				.withMessageEndingWith(
						"cannot be stored at 'domain.x': the key '%s' is no key, use non-empty text, integers, enums or UUIDs",
						key);
		}
	}

	@Test
	void keysThatAreTheSameTextAreRefused() {
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> this.values.accept(PATH, Map.of(1, "a", "1", "b")))
			.withMessageEndingWith(
					"cannot be stored at 'domain.x': two of its keys are the same text, keep one of them");
	}

	@Test
	void valueThatContainsItselfIsRefused() {
		Map<String, Object> map = new HashMap<>();
		map.put("self", map);
		List<Object> list = new ArrayList<>();
		list.add(list);
		for (Object value : List.of(map, list)) {
			assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> this.values.accept(PATH, value))
				.withMessageEndingWith(": it is nested deeper than 200 levels, does it contain itself");
		}
	}

	@Test
	void layerIsAlwaysAMap() {
		Path domain = Path.parse("domain");
		assertThat(this.values.accept(domain, new Scalars(1, "a", DayOfWeek.MONDAY)))
			.isEqualTo(Map.of("number", 1, "text", "a", "day", DayOfWeek.MONDAY));
		assertThat(this.values.accept(domain, new Holder(new Holder(1)))).isEqualTo(Map.of("value", new Holder(1)));
		for (Object value : List.of(1, "text", List.of(), Set.of())) {
			assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> this.values.accept(domain, value))
				.withMessageEndingWith("cannot be stored at 'domain': a layer is a map, store a map or a record");
		}
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> this.values.accept(domain, null))
			.withMessage("value of type null cannot be stored at 'domain': a layer is a map, store a map or a record");
	}

	record Scalars(int number, String text, DayOfWeek day) {

	}

	record Empty() {

	}

	record Holder(Object value) {

	}

	static final class Registered {

	}

	static class Bean {

	}

	enum Body {

		WITH {

			@Override
			String text() {
				return "body";
			}

		};

		abstract String text();

	}

}
