package io.theus.initial;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.InitialState;
import io.theus.annotation.TheusState;
import io.theus.engine.TheusEngine;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlParser;
import io.theus.path.InvalidPathException;
import io.theus.path.Path;
import io.theus.schema.SchemaViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class InitialContentTests {

	private static InitialContent of(List<InitialState> states, String... documents) {
		int[] number = { 0 };
		List<YamlNode> nodes = Stream.of(documents)
			.map((text) -> YamlParser.parse(text, "state" + ++number[0] + ".yml"))
			.toList();
		return InitialContent.of(states, nodes);
	}

	@Test
	void allSourcesAreMergedKeyByKey() {
		InitialContent content = of(
				List.of(new Accounts(),
						() -> Map.of("global", new Config("EUR", Map.of("x", 1)), "domain.orders.o1", new Order(5))),
				"""
						domain:
						  accounts:
						    bob: 20
						  empty: {}
						global:
						  const_rate: 0.5
						log:
						  orders: [ opened ]
						""", "global: { currency: EUR }\nheavy:\n", "");
		Map<Path, Object> writes = content.writes();
		assertThat(writes.get(Path.parse("domain"))).isEqualTo(Map.of("accounts", Map.of("alice", 10, "bob", 20L),
				"orders", Map.of("o1", new Order(5)), "empty", Map.of()));
		assertThat(writes.get(Path.parse("global")))
			.isEqualTo(Map.of("currency", "EUR", "limits", Map.of("x", 1), "const_rate", new BigDecimal("0.5")));
		assertThat(writes.get(Path.parse("log"))).isEqualTo(Map.of("orders", List.of("opened")));
		assertThat(writes).hasSize(3);
	}

	@Test
	void noSourceMeansNoWrite() {
		assertThat(of(List.of()).writes()).isEmpty();
	}

	@Test
	void sourcesMayAgree() {
		assertThat(of(List.of(new Accounts(), new Accounts()), "domain: { accounts: { alice: 10 } }").writes())
			.isEqualTo(Map.of(Path.parse("domain"), Map.of("accounts", Map.of("alice", 10))));
	}

	static Stream<Arguments> conflicts() {
		String bean = "initial state 1 'io.theus.initial.InitialContentTests$Accounts'";
		InitialState lambda = () -> Map.of("domain.accounts.alice", Map.of("balance", 5));
		InitialState second = () -> Map.of("domain.accounts", 5);
		return Stream.of(
				arguments(List.of(new Accounts()), "domain:\n  accounts:\n    alice: 11", "domain.accounts.alice", bean,
						"'state1.yml:3:12'"),
				arguments(List.of(new Accounts()), "domain: { accounts: all }", "domain.accounts", bean,
						"'state1.yml:1:21'"),
				arguments(List.of(new Accounts(), lambda), "", "domain.accounts.alice", bean,
						"initial state 2 'io.theus.initial.InitialContentTests$$Lambda'"),
				arguments(List.of(new Accounts(), second), "", "domain.accounts", bean,
						"initial state 2 'io.theus.initial.InitialContentTests$$Lambda'"));
	}

	@ParameterizedTest
	@MethodSource("conflicts")
	void sourcesThatDifferAreAnErrorNamingBoth(List<InitialState> states, String document, String path, String first,
			String secondSource) {
		assertThatExceptionOfType(InvalidInitialStateException.class).isThrownBy(() -> of(states, document))
			.withMessage("initial content at '%s' differs: first=%s second=%s, keep one of them".formatted(path, first,
					secondSource))
			.satisfies((ex) -> {
				assertThat(ex.path()).hasToString(path);
				assertThat(ex.sources()).containsExactly(first, secondSource);
			});
	}

	static Stream<Arguments> refused() {
		return Stream.of(arguments("local.x", 5, "local.x", "nothing below 'local' is ever stored"),
				arguments("signal.x", 5, "signal.x", "nothing below 'signal' is ever stored"),
				arguments("domain", 5, "domain", "a layer is always a map, give a map or a record of its keys"),
				arguments("domain.a", Map.of(1.5, "x"), "domain.a",
						"the key '1.5' is no key, use non-empty text, integers, enums or UUIDs"));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void contentThatCannotBeIsAnError(String key, Object value, String path, String problem) {
		assertThatExceptionOfType(InvalidInitialStateException.class)
			.isThrownBy(() -> of(List.of(new Fixed(Map.of(key, value)))))
			.withMessage("initial content at '%s' is refused: source=initial state 1 '%s', %s".formatted(path,
					Fixed.class.getName(), problem));
	}

	@Test
	void misspeltPathIsAnError() {
		assertThatExceptionOfType(InvalidPathException.class)
			.isThrownBy(() -> of(List.of(new Fixed(Map.of("domian.x", 5)))))
			.withMessage(
					"path 'domian.x' is invalid: unknown layer 'domian', did you mean 'domain', a path begins with "
							+ "domain, global or local, position=0");
	}

	static Stream<Arguments> invalidDocuments() {
		return Stream.of(arguments("5", "expected a map, found 5", 1, 1),
				arguments("domain: 5", "expected a map, found 5", 1, 9),
				arguments("global: {}\ndomian: {}",
						"path 'domian' is invalid: unknown layer 'domian', did you mean 'domain', a path begins with domain, global or local, position=0",
						2, 1),
				arguments("domain.orders: {}", "expected a layer, found path 'domain.orders', nest its keys", 1, 1),
				arguments("local: { x: 1 }", "nothing below 'local' is ever stored", 1, 1),
				arguments("domain:\n  '': 1", "a key must not be empty", 2, 3));
	}

	@ParameterizedTest
	@MethodSource("invalidDocuments")
	void invalidDocumentIsAnErrorWithItsPlace(String document, String problem, int line, int column) {
		assertThatExceptionOfType(InvalidYamlException.class).isThrownBy(() -> of(List.of(), document))
			.satisfies((ex) -> {
				assertThat(ex.problem()).isEqualTo(problem);
				assertThat(ex.position()).hasToString("state1.yml:" + line + ":" + column);
			});
	}

	static Stream<Arguments> violations() {
		return Stream.of(arguments("domain:\n  orders:\n    o1: { total: few }", 3, 18),
				arguments("domain:\n  orders:\n    o1: {}", 3, 5), arguments("domain:\n  orders: 5", 2, 11),
				arguments("domain:\n  orders:\n    o1: { totl: 5 }", 3, 17));
	}

	@ParameterizedTest
	@MethodSource("violations")
	void contentThatDoesNotFitTheSchemaIsToldWithItsLine(String document, int line, int column) {
		TheusEngine engine = TheusEngine.builder().schema(Order.class).build();
		InitialContent content = of(List.of(), document);
		assertThatExceptionOfType(SchemaViolationException.class).isThrownBy(() -> store(engine, content))
			.satisfies((ex) -> assertThat(content.located(ex)).isInstanceOfSatisfying(InvalidYamlException.class,
					(located) -> {
						assertThat(located.position()).hasToString("state1.yml:" + line + ":" + column);
						assertThat(located.problem()).isEqualTo(ex.getMessage());
						assertThat(located).hasCause(ex);
					}));
	}

	private static void store(TheusEngine engine, InitialContent content) {
		engine.transact((tx) -> {
			content.writes().forEach((path, value) -> tx.set(path.toString(), value));
			return null;
		});
	}

	@Test
	void violationByAnInitialStateStaysWhatItIs() {
		TheusEngine engine = TheusEngine.builder().schema(Order.class).build();
		InitialContent content = of(List.of(new Fixed(Map.of("domain.orders.o1", 5))), "domain: { name: x }");
		assertThatExceptionOfType(SchemaViolationException.class).isThrownBy(() -> store(engine, content))
			.satisfies((ex) -> assertThat(content.located(ex)).isSameAs(ex));
	}

	@Test
	void documentsAreConvertedToTheTypesOfTheSchema() {
		TheusEngine engine = TheusEngine.builder().schema(Order.class).build();
		store(engine, of(List.of(() -> Map.of("domain.orders.o2", Map.of("total", 7))),
				"domain: { orders: { o1: { total: 5 } } }"));
		assertThat(engine.state().get("domain.orders")).isEqualTo(Map.of("o1", new Order(5), "o2", new Order(7)));
		assertThat(engine.state().version()).isEqualTo(1);
	}

	@TheusState("domain.orders.*")
	record Order(int total) {

	}

	record Config(String currency, Map<String, Integer> limits) {

	}

	static final class Accounts implements InitialState {

		@Override
		public Map<String, ?> content() {
			return Map.of("domain", Map.of("accounts", Map.of("alice", 10)));
		}

	}

	record Fixed(Map<String, ?> content) implements InitialState {

	}

}
