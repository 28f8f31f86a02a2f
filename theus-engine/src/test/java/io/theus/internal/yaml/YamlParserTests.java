package io.theus.internal.yaml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class YamlParserTests {

	@ParameterizedTest
	@MethodSource
	void scalarsFollowTheCoreSchema(String text, Object expected) {
		assertThat(YamlParser.parse("key: " + text, "test.yml").asMap().require("key").toPlain()).isEqualTo(expected);
	}

	static Stream<Arguments> scalarsFollowTheCoreSchema() {
		return Stream.of(Arguments.of("null", null), Arguments.of("~", null), Arguments.of("", null),
				Arguments.of("NULL", null), Arguments.of("nULL", "nULL"), Arguments.of("true", true),
				Arguments.of("False", false), Arguments.of("TRUE", true), Arguments.of("tRUE", "tRUE"),
				Arguments.of("yes", "yes"), Arguments.of("on", "on"), Arguments.of("off", "off"), Arguments.of("5", 5L),
				Arguments.of("-5", -5L), Arguments.of("+5", 5L), Arguments.of("017", 17L), Arguments.of("0o17", 15L),
				Arguments.of("0x1F", 31L), Arguments.of("0b1", "0b1"), Arguments.of("1_000", "1_000"),
				Arguments.of("9223372036854775807", Long.MAX_VALUE),
				Arguments.of("9223372036854775808", new BigInteger("9223372036854775808")),
				Arguments.of("1.10", new BigDecimal("1.10")), Arguments.of(".5", new BigDecimal("0.5")),
				Arguments.of("5.", new BigDecimal("5")), Arguments.of("1e3", new BigDecimal("1E+3")),
				Arguments.of("-2.5E-2", new BigDecimal("-0.025")), Arguments.of(".inf", Double.POSITIVE_INFINITY),
				Arguments.of("-.INF", Double.NEGATIVE_INFINITY), Arguments.of(".nan", Double.NaN),
				Arguments.of("-x", "-x"), Arguments.of("1.2.3", "1.2.3"), Arguments.of("12:30:45", "12:30:45"),
				Arguments.of("2026-01-02", "2026-01-02"), Arguments.of("abc", "abc"), Arguments.of("'5'", "5"),
				Arguments.of("\"true\"", "true"), Arguments.of("''", ""), Arguments.of("|\n  5\n", "5\n"),
				Arguments.of("!!str 5", "5"), Arguments.of("! 5", "5"), Arguments.of("!!int 5", 5L),
				Arguments.of("!!float 5", 5L), Arguments.of("!!null ''", null));
	}

	@Test
	void keysAreTextAndKeepTheirOrder() {
		YamlMap map = YamlParser.parse("on: 1\n5: 2\nnull: 3\ntrue: 4\n'a b': 5\n", "test.yml").asMap();
		assertThat(map.entries()).extracting(YamlMap.Entry::key).containsExactly("on", "5", "null", "true", "a b");
		assertThat(map.entries()).extracting((entry) -> entry.name().value())
			.containsExactly("on", 5L, null, true, "a b");
	}

	@Test
	void plainValuesMirrorTheDocument() {
		Object plain = YamlParser.parse("a: [1, {b: null}]\nc: {}\n", "test.yml").toPlain();
		Map<String, Object> inner = new HashMap<>();
		inner.put("b", null);
		assertThat(plain).isEqualTo(Map.of("a", List.of(1L, inner), "c", Map.of()));
	}

	@Test
	void plainValuesAreUnmodifiable() {
		YamlNode root = YamlParser.parse("a: [1]\n", "test.yml");
		Map<String, ?> plain = root.asMap().toPlain();
		List<?> list = (List<?>) plain.get("a");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(plain::clear);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(list::clear);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> root.asMap().entries().clear());
	}

	@Test
	void everyNodeAndKeyKnowsItsPlace() {
		YamlMap root = YamlParser.parse("# head\nsteps:\n  - charge\n  - { flux: if, then: [a] }\n", "flow.yml")
			.asMap();
		YamlMap.Entry steps = root.entry("steps");
		YamlMap branch = steps.value().asList().items().get(1).asMap();
		assertThat(root.position()).hasToString("flow.yml:2:1");
		assertThat(steps.position()).hasToString("flow.yml:2:1");
		assertThat(steps.value().position()).hasToString("flow.yml:3:3");
		assertThat(steps.value().asList().items().get(0).position()).hasToString("flow.yml:3:5");
		assertThat(branch.position()).hasToString("flow.yml:4:5");
		assertThat(branch.entry("then").position()).hasToString("flow.yml:4:17");
		assertThat(branch.require("then").asList().items().get(0).position()).hasToString("flow.yml:4:24");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r" })
	void placesDoNotDependOnTheKindOfLineBreak(String lineBreak) {
		String text = String.join(lineBreak, "a: '\u2028\uD83D\uDE00'", "b:", "  c: \uD83D\uDE00 # x", "  stepz: 1");
		YamlMap.Entry entry = YamlParser.parse(text, "a.yml").asMap().require("b").asMap().entry("stepz");
		assertThat(entry.position()).isEqualTo(new SourcePosition("a.yml", 4, 3, "  stepz: 1"));
	}

	@Test
	void placeAfterCharactersOutsideTheBasicPlaneCountsThemOnce() {
		YamlList list = YamlParser.parse("[\uD83D\uDE00, x]", "a.yml").asList();
		assertThat(list.items().get(1).error("no")).hasMessageEndingWith("column=5\n[\uD83D\uDE00, x]\n    ^");
	}

	@Test
	void byteOrderMarkIsSkipped() throws IOException {
		byte[] bytes = "\uFEFFa: 1".getBytes(StandardCharsets.UTF_8);
		YamlMap map = YamlParser.parse(new ByteArrayInputStream(bytes), "a.yml").asMap();
		assertThat(map.entry("a").position()).hasToString("a.yml:1:1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\n", "# nothing\n", "---\n", "---\n...\n" })
	void emptyDocumentIsAScalarWithoutValue(String text) {
		assertThat(YamlParser.parse(text, "a.yml").asScalar().value()).isNull();
	}

	@Test
	void scalarKeepsItsCharacters() {
		YamlMap map = YamlParser.parse("version: 1.10\nname: '5'\nempty:\n", "a.yml").asMap();
		assertThat(map.require("version").asScalar().text()).isEqualTo("1.10");
		assertThat(map.require("version").asScalar().isQuoted()).isFalse();
		assertThat(map.require("name").asScalar().isQuoted()).isTrue();
		assertThat(map.require("empty").asScalar().text()).isEmpty();
	}

	@Test
	void aliasIsTheAnchoredNode() {
		YamlMap map = YamlParser.parse("a: &x [1]\nb: *x\nc: &k key\n*k : 1\n", "a.yml").asMap();
		assertThat(map.require("b")).isSameAs(map.require("a"));
		assertThat(map.require("key").toPlain()).isEqualTo(1L);
	}

	@Test
	void anchorMayBeUsedAgainForAnotherNode() {
		YamlList list = YamlParser.parse("[&x 1, *x, &x 2, *x]", "a.yml").asList();
		assertThat(list.toPlain()).isEqualTo(List.of(1L, 1L, 2L, 2L));
	}

}
