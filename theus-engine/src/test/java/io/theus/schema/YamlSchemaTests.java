package io.theus.schema;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.TransactionContext;
import io.theus.engine.TheusEngine;
import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.YamlParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class YamlSchemaTests {

	private static final String YAML = """
			state:
			  - { path: domain.stock.*, type: integer, min: 0, max: 1000 }
			  - path: domain.customers.*
			    fields:
			      - { name: email, type: text, required: true, pattern: ".+@.+", max-size: 20 }
			      - { name: level, type: text, values: [ gold, silver ] }
			      - { name: born, type: date }
			      - { name: tags, type: set, of: text, min-size: 1 }
			      - { name: scores, type: map, of: { type: decimal, min: 0.5 } }
			      - { name: notes, type: list, of: { fields: [ { name: text, type: text, required: true } ] } }
			      - name: address
			        open: true
			        fields:
			          - { name: city, type: text, required: true }
			  - { path: global.anything, type: any }
			  - { path: global.list, type: list }
			  - { path: "global['a.b']", type: boolean }
			""";

	private final TheusEngine engine = TheusEngine.builder().schema("schema.yml", YAML).build();

	private void write(Consumer<TransactionContext> body) {
		this.engine.transact((tx) -> {
			body.accept(tx);
			return null;
		});
	}

	static Stream<Arguments> accepted() {
		return Stream.of(arguments("domain.stock.log_apple", 5, 5L),
				arguments("domain.customers.a", Map.of("email", "a@b"), Map.of("email", "a@b")),
				arguments("domain.customers.a",
						Map.of("email", "a@b", "level", "gold", "born", "2000-01-01", "tags", List.of("x"), "scores",
								Map.of("m", 1), "address", Map.of("city", "Wien", "zip", 1010), "notes",
								List.of(Map.of("text", "hi"))),
						Map.of("email", "a@b", "level", "gold", "born", LocalDate.of(2000, 1, 1), "tags", Set.of("x"),
								"scores", Map.of("m", BigDecimal.ONE), "address", Map.of("city", "Wien", "zip", 1010),
								"notes", List.of(Map.of("text", "hi")))),
				arguments("domain.customers.a", new Customer("a@b", null), mapWithNull()),
				arguments("global.anything", List.of(1, "x"), List.of(1, "x")),
				arguments("global.list", List.of(1, "x"), List.of(1, "x")), arguments("global['a.b']", true, true),
				arguments("global.undeclared", 5, 5), arguments("domain.other", 5, 5));
	}

	private static Map<String, Object> mapWithNull() {
		Map<String, Object> map = new HashMap<>();
		map.put("email", "a@b");
		map.put("level", null);
		return map;
	}

	@ParameterizedTest
	@MethodSource("accepted")
	void whatFitsIsStoredAsDeclared(String path, Object value, Object stored) {
		write((tx) -> tx.set(path, value));
		assertThat(this.engine.state().get(path)).isEqualTo(stored);
	}

	static Stream<Arguments> refused() {
		String keep = "store a value that keeps the constraint";
		String declared = "store a value of the declared type";
		return Stream.of(arguments("domain.stock.a", -1, "domain.stock.a", "at least 0", "java.lang.Long", keep),
				arguments("domain.stock.a", 1001, "domain.stock.a", "at most 1000", "java.lang.Long", keep),
				arguments("domain.stock", 5, "domain.stock", "a map", "java.lang.Integer", declared),
				arguments("domain.customers.a", Map.of(), "domain.customers.a.email", "java.lang.String", "absent",
						"it is required, store it together with what is around it"),
				arguments("domain.customers.a", Map.of("email", "ab"), "domain.customers.a.email",
						"text matching .+@.+", "java.lang.String", keep),
				arguments("domain.customers.a.email", "a@b234567890123456789", "domain.customers.a.email",
						"size at most 20", "java.lang.String", keep),
				arguments("domain.customers.a", Map.of("email", "a@b", "level", "tin"), "domain.customers.a.level",
						"one of [gold, silver]", "java.lang.String", keep),
				arguments("domain.customers.a", Map.of("email", "a@b", "lvel", "tin"), "domain.customers.a.lvel",
						"one of [email, level, born, tags, scores, notes, address]", "undeclared key",
						"declare it or open the schema there, did you mean 'level'"),
				arguments("domain.customers.a", Map.of("email", "a@b", "tags", Set.of()), "domain.customers.a.tags",
						"size at least 1", "a set", keep),
				arguments("domain.customers.a", Map.of("email", "a@b", "scores", Map.of("m", 0.1)),
						"domain.customers.a.scores.m", "at least 0.5", "java.math.BigDecimal", keep),
				arguments("domain.customers.a", Map.of("email", "a@b", "notes", List.of(Map.of())),
						"domain.customers.a.notes.0.text", "java.lang.String", "absent",
						"it is required, store it together with what is around it"),
				arguments("domain.customers.a", Map.of("email", "a@b", "address", Map.of("zip", 1)),
						"domain.customers.a.address.city", "java.lang.String", "absent",
						"it is required, store it together with what is around it"),
				arguments("global.list", 5, "global.list", "a list", "java.lang.Integer", declared));
	}

	@ParameterizedTest(name = "{2} {3}")
	@MethodSource("refused")
	void whatDoesNotFitIsRefused(String path, Object value, String place, String expected, String actual,
			String remedy) {
		assertThatExceptionOfType(SchemaViolationException.class).isThrownBy(() -> write((tx) -> tx.set(path, value)))
			.withMessage("value at '%s' does not fit the schema: expected=%s actual=%s, %s".formatted(place, expected,
					actual, remedy));
		assertThat(this.engine.state().version()).isZero();
	}

	static Stream<Arguments> invalid() {
		return Stream.of(arguments("stat: []", "unknown key 'stat', did you mean 'state', known=[state]", 1, 1),
				arguments("state: 5", "expected a list, found 5", 1, 8),
				arguments("state:\n  - { type: text }", "missing key 'path'", 2, 5),
				arguments("state:\n  - { path: domain.a }", "missing key 'type'", 2, 5),
				arguments("state:\n  - { path: domian.a, type: text }",
						"pattern 'domian.a' is invalid: unknown layer 'domian', did you mean 'domain', a path begins with domain, global or local, position=0",
						2, 13),
				arguments("state:\n  - { path: \"domain..a\", type: text }", null, 2, 21),
				arguments("state:\n  - { path: domain.a, type: txt }",
						"unknown type 'txt', did you mean 'text', known=[any, boolean, date, datetime, decimal, double, duration, instant, integer, list, map, set, text, time, uri, uuid]",
						2, 29),
				arguments("state:\n  - { path: domain.a, type: text, min: 5 }",
						"'min' does not apply to java.lang.String", 2, 35),
				arguments("state:\n  - { path: domain.a, type: integer, pattern: x }",
						"'pattern' does not apply to java.lang.Long", 2, 38),
				arguments("state:\n  - { path: domain.a, type: text, of: text }",
						"only list, set and map have elements, found type 'text'", 2, 39),
				arguments("state:\n  - { path: domain.a, type: text, open: true }",
						"'open' is about undeclared keys, declare 'fields' as well", 2, 41),
				arguments("state:\n  - { path: domain.a, type: map, fields: [] }",
						"a place with 'fields' is a map with these keys, leave 'type' out", 2, 29),
				arguments("state:\n  - { path: domain.a, type: text, zone: CONSTNT }",
						"unknown zone 'CONSTNT', did you mean 'CONSTANT', known=[DATA, HEAVY, SIGNAL, META, LOG, CONSTANT, PRIVATE]",
						2, 41),
				arguments("state:\n  - { path: domain.a, type: text, required: true }",
						"unknown key 'required', known=[fields, max, max-size, merge, min, min-size, of, open, path, pattern, type, values, volatile, zone]",
						2, 35),
				arguments("state:\n  - { path: domain.a, type: integer, min: few }",
						"expected a number, found text 'few'", 2, 43),
				arguments("state:\n  - { path: domain.a, type: text, max-size: -1 }",
						"expected a size, 0 or more, found -1", 2, 45),
				arguments("state:\n  - { path: domain.a, type: text, pattern: 'a(' }",
						"not a regular expression, Unclosed group", 2, 47),
				arguments("state:\n  - path: domain.a\n    fields:\n      - { name: a, type: text, required: 1 }",
						"expected true or false, found 1", 4, 42),
				arguments(
						"state:\n  - path: domain.a\n    fields:\n      - { name: a, type: text }\n      - { name: a, type: text }",
						"field 'a' is declared twice", 5, 17),
				arguments("state:\n  - path: domain.a\n    fields:\n      - { name: '', type: text }",
						"a key must not be empty", 4, 17),
				arguments("state:\n  - path: domain.a\n    fields:\n      - { name: sig_a, type: text }",
						"what lies in zone SIGNAL is never stored, leave it out", 4, 17));
	}

	@ParameterizedTest(name = "{1}")
	@MethodSource("invalid")
	void invalidDocumentIsAnErrorWithItsPlace(String yaml, String problem, int line, int column) {
		assertThatExceptionOfType(InvalidYamlException.class)
			.isThrownBy(() -> Schema.of(List.of(), List.of(YamlParser.parse(yaml, "schema.yml")), null))
			.satisfies((ex) -> {
				if (problem != null) {
					assertThat(ex.problem()).isEqualTo(problem);
				}
				assertThat(ex.position()).hasToString("schema.yml:" + line + ":" + column);
			});
	}

	@Test
	void pathThatIsNeverStoredIsAnError() {
		String yaml = "state: [ { path: local.a, type: text } ]";
		assertThatExceptionOfType(InvalidSchemaException.class)
			.isThrownBy(() -> Schema.of(List.of(), List.of(YamlParser.parse(yaml, "schema.yml")), null))
			.withMessage(
					"schema declaration 'schema.yml:1:18' at 'local.a' is invalid: nothing below 'local' is ever committed");
	}

	record Customer(String email, String level) {

	}

}
