package io.theus.internal.yaml;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class InvalidYamlTests {

	@Test
	void messageHasProblemPlaceLineAndCaret() {
		YamlMap map = YamlParser.parse("name: x\nstepz:\n  - a\n", "flow.yml").asMap();
		InvalidYamlException ex = catchThrowableOfType(InvalidYamlException.class,
				() -> map.checkKeys(List.of("steps", "name")));
		assertThat(ex).hasMessage("""
				invalid YAML: unknown key 'stepz', did you mean 'steps', known=[name, steps]: \
				resource='flow.yml', line=2, column=1
				stepz:
				^""");
		assertThat(ex.problem()).isEqualTo("unknown key 'stepz', did you mean 'steps', known=[name, steps]");
		assertThat(ex.resource()).isEqualTo("flow.yml");
		assertThat(ex.line()).isEqualTo(2);
		assertThat(ex.column()).isEqualTo(1);
		assertThat(ex.position().lineText()).isEqualTo("stepz:");
	}

	@ParameterizedTest
	@MethodSource
	void documentIsRefusedAtItsPlace(String text, int line, int column, String problem) {
		InvalidYamlException ex = catchThrowableOfType(InvalidYamlException.class,
				() -> YamlParser.parse(text, "a.yml"));
		assertThat(ex).isNotNull();
		assertThat(ex.problem()).isEqualTo(problem);
		assertThat(ex.line()).as("line").isEqualTo(line);
		assertThat(ex.column()).as("column").isEqualTo(column);
		assertThat(ex.resource()).isEqualTo("a.yml");
		String lineText = ex.position().lineText();
		assertThat(ex).hasMessage("invalid YAML: %s: resource='a.yml', line=%d, column=%d%s".formatted(problem, line,
				column, lineText.isEmpty() ? "" : "\n" + ex.position().excerpt()));
		assertThat(lineText.isEmpty() ? "^" : ex.position().excerpt()).endsWith("^");
	}

	static Stream<Arguments> documentIsRefusedAtItsPlace() {
		return Stream.of(Arguments.of("a: 1\nb: 2\na: 3\n", 3, 1, "duplicate key 'a', it was given before in line 1"),
				Arguments.of("{a: 1, 'a': 2}", 1, 8, "duplicate key 'a', it was given before in line 1"),
				Arguments.of("a: 1\n<<: {b: 1}\n", 2, 1,
						"merge key '<<' is not part of YAML 1.2, repeat the keys or use an alias as a value"),
				Arguments.of("a: 1\n---\nb: 2\n", 2, 1,
						"a second document begins here, only one is read from a resource"),
				Arguments.of("a: !!javax.script.ScriptEngineManager [1]", 1, 4,
						"tag '!!javax.script.ScriptEngineManager' is not supported here, only the standard tags of maps, lists and scalars are"),
				Arguments.of("a: !money 5", 1, 4,
						"tag '!money' is not supported here, only the standard tags of maps, lists and scalars are"),
				Arguments.of("a: !!set {x}", 1, 4,
						"tag '!!set' is not supported here, only the standard tags of maps, lists and scalars are"),
				Arguments.of("a: !!int x", 1, 4, "the value does not have the form that its tag '!!int' asks for"),
				Arguments.of("[a]: 1", 1, 1, "a key must be text, found a map or list"),
				Arguments.of("a: &x [1]\n? *x\n: 1", 2, 3, "a key must be text, found a list"),
				Arguments.of("? \n: 1", 1, 2, "a key is missing before ':'"),
				Arguments.of("a: &x [*x]", 1, 8, "alias '*x' stands inside what it stands for"),
				Arguments.of("a: &order 1\nb: *ordr", 2, 4,
						"alias '*ordr' has no anchor '&ordr' before it, did you mean 'order'"),
				Arguments.of("a: " + "1".repeat(1001), 1, 4, "the number is too long, quote it if it is text"),
				Arguments.of("a: 1e100000", 1, 4, "the number is too long, quote it if it is text"),
				Arguments.of("a:\n  - b\n c: d\n", 3, 2,
						"while parsing a block mapping, expected <block end>, but found '<block mapping start>'"),
				Arguments.of("a: [1, 2\n", 2, 1,
						"while parsing a flow sequence, expected ',' or ']', but got <stream end>"),
				Arguments.of("a: 'x\n", 2, 1, "while scanning a quoted scalar, found unexpected end of stream"),
				Arguments.of("a: b: c\n", 1, 5, "mapping values are not allowed here"),
				Arguments.of("ab: \uD83D\uDE00 \u0000", 1, 7,
						"character U+0000 is not allowed, escape it in double quotes"));
	}

	@Test
	void wrongTypeNamesWhatWasFound() {
		YamlMap map = YamlParser.parse("steps: x\nname: [a]\nretry: 3\nwith:\n", "a.yml").asMap();
		assertThatExceptionOfType(InvalidYamlException.class).isThrownBy(() -> map.require("steps").asList())
			.withMessage("invalid YAML: expected a list, found text 'x': resource='a.yml', line=1, column=8\n"
					+ "steps: x\n       ^");
		assertThatExceptionOfType(InvalidYamlException.class).isThrownBy(() -> map.require("name").asScalar())
			.withMessage("invalid YAML: expected a single value, found a list: resource='a.yml', line=2, column=7\n"
					+ "name: [a]\n      ^");
		assertThatExceptionOfType(InvalidYamlException.class).isThrownBy(() -> map.require("retry").asMap())
			.withMessage("invalid YAML: expected a map, found 3: resource='a.yml', line=3, column=8\n"
					+ "retry: 3\n       ^");
		assertThatExceptionOfType(InvalidYamlException.class).isThrownBy(() -> map.require("with").asMap())
			.withMessage("invalid YAML: expected a map, found nothing: resource='a.yml', line=4, column=6\n"
					+ "with:\n     ^");
		assertThatExceptionOfType(InvalidYamlException.class).isThrownBy(() -> map.require("do"))
			.withMessage("invalid YAML: missing key 'do': resource='a.yml', line=1, column=1\nsteps: x\n^");
	}

	@Test
	void bytesThatAreNotUtf8AreRefused() {
		byte[] latin1 = { 'a', ':', ' ', (byte) 0xE4 };
		assertThatExceptionOfType(InvalidYamlException.class)
			.isThrownBy(() -> YamlParser.parse(new ByteArrayInputStream(latin1), "a.yml"))
			.withMessage("invalid YAML: the document is not UTF-8, save it in that encoding: resource='a.yml', line=1, "
					+ "column=1");
	}

	@ParameterizedTest
	@MethodSource
	void placeInsideAScalarIsFound(String text, int offset, int line, int column) {
		YamlScalar scalar = YamlParser.parse(text, "a.yml").asMap().require("if").asScalar();
		InvalidYamlException ex = scalar.error(offset, "bad");
		assertThat(ex.line()).as("line").isEqualTo(line);
		assertThat(ex.column()).as("column").isEqualTo(column);
	}

	static Stream<Arguments> placeInsideAScalarIsFound() {
		return Stream.of(Arguments.of("if: a = b", 2, 1, 7), Arguments.of("if: 'a = b'", 2, 1, 8),
				Arguments.of("if: \"a = b\"", 2, 1, 8), Arguments.of("if: \"\uD83D\uDE00 = b\"", 3, 1, 8),
				Arguments.of("if: |\n   a = b\n   c = d\n", 8, 3, 6), Arguments.of("if: >-\n   a = b\n", 2, 2, 6),
				Arguments.of("if: |  # why\n  a = b\n", 0, 2, 3), Arguments.of("if: !!str a = b", 2, 1, 5),
				Arguments.of("if: \"a\\t= b\"", 2, 1, 5), Arguments.of("if: >\n  a\n  = b\n", 2, 1, 5),
				Arguments.of("if: 'ab'", 99, 1, 8), Arguments.of("if:", 0, 1, 4));
	}

}
