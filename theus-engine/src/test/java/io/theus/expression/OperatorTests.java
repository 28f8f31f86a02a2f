package io.theus.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OperatorTests {

	@ParameterizedTest
	@MethodSource
	void literalHasValue(String text, Object value) {
		assertThat(Sample.evaluate(text)).isEqualTo(value);
	}

	static Stream<Arguments> literalHasValue() {
		return Stream.of(Arguments.of("True", true), Arguments.of("true", true), Arguments.of("False", false),
				Arguments.of("false", false), Arguments.of("None", null), Arguments.of("null", null),
				Arguments.of("7", 7L), Arguments.of("007", 7L), Arguments.of("9223372036854775807", Long.MAX_VALUE),
				Arguments.of("-9223372036854775808", Long.MIN_VALUE),
				Arguments.of("9223372036854775808", new BigInteger("9223372036854775808")),
				Arguments.of("1.50", new BigDecimal("1.50")), Arguments.of(".5", new BigDecimal("0.5")),
				Arguments.of("2e3", new BigDecimal("2E+3")), Arguments.of("2.5E-1", new BigDecimal("0.25")),
				Arguments.of("'a'", "a"), Arguments.of("\"a\"", "a"), Arguments.of("''", ""),
				Arguments.of("'it\\'s'", "it's"), Arguments.of("\"it's\"", "it's"),
				Arguments.of("'\\\\ \\\" \\n \\r \\t \\u00e4'", "\\ \" \n \r \t \u00e4"), Arguments.of("[]", List.of()),
				Arguments.of("[1, 'a', [True]]", List.of(1L, "a", List.of(true))),
				Arguments.of("[1, None,]", Arrays.asList(1L, null)), Arguments.of("[domain.n]", List.of(7)),
				Arguments.of(" \t\n1 ", 1L));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1 + 2 * 3 == 7", "(1 + 2) * 3 == 9", "10 - 2 - 3 == 5", "2 * 3 % 4 == 2", "-2 * 3 == -6",
			"2 - -3 == 5", "--2 == 2", "+2 == 2", "-(2) == -2", "not 1 == 2", "not not 1 == 1", "!(1 == 2)",
			"!False == True", "not False == True", "!!domain.yes", "True or False and False",
			"(True or False) and True", "not False and True", "True || False && False", "1 < 2 == 2",
			"1 + 1 < 3 and 2 in [1, 2]", "2 if False else 3 == 3", "(2 if False else 3) == 3", "(True ? 2 : 3) == 2",
			"(False ? 1 : False ? 2 : 3) == 3", "(1 if False else 2 if False else 3) == 3",
			"(1 if True else 2 if False else 3) == 1", "(True ? False ? 1 : 2 : 3) == 2", "1 not in [2] and 1 in [1]",
			"not 1 in [2]", "-domain.list[0] == -10", "-2 // 1 == -2" })
	void precedenceIsThatOfPython(String text) {
		assertThat(Sample.test(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1 < 2 < 3", "3 > 2 > 1", "1 <= 1 < 2", "0 < domain.n <= 10", "1 == 1 == 1", "1 < 3 > 2",
			"not (1 < 2 < 2)", "not (1 < 1 < 2)", "1 in [1] in [[1]]", "'a' < 'b' <= 'b' != 'c'" })
	void comparisonsAreChained(String text) {
		assertThat(Sample.test(text)).isTrue();
	}

	@Test
	void chainStopsAtTheFirstComparisonThatFails() {
		assertThat(Sample.evaluate("1 > 2 > None")).isEqualTo(false);
	}

	@Test
	void chainEvaluatesTheMiddleOnce() {
		int[] count = { 0 };
		boolean result = Expression.compile("0 < item < 10", Sample.ROOTS).test((root) -> ++count[0]);
		assertThat(result).isTrue();
		assertThat(count[0]).isEqualTo(1);
	}

	@ParameterizedTest
	@MethodSource
	void logicReturnsTheOperandThatDecides(String text, Object value) {
		assertThat(Sample.evaluate(text)).isEqualTo(value);
	}

	static Stream<Arguments> logicReturnsTheOperandThatDecides() {
		return Stream.of(Arguments.of("1 and 2", 2L), Arguments.of("0 and 2", 0L), Arguments.of("1 or 2", 1L),
				Arguments.of("0 or ''", ""), Arguments.of("None or 'x'", "x"), Arguments.of("domain.nope || 5", 5L),
				Arguments.of("1 && 2 and 3", 3L), Arguments.of("not 1", false), Arguments.of("!0", true));
	}

	@Test
	void logicDoesNotEvaluateWhatCannotDecide() {
		assertThat(Sample.evaluate("False and 1 / 0")).isEqualTo(false);
		assertThat(Sample.evaluate("True or 1 / 0")).isEqualTo(true);
		assertThat(Sample.evaluate("1 if True else 1 / 0")).isEqualTo(1L);
		assertThat(Sample.evaluate("False ? 1 / 0 : 2")).isEqualTo(2L);
		assertThat(Sample.evaluate("domain.get('n', 1 / 0)")).isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(strings = { "True", "1", "-1", "0.1", "'a'", "'False'", "[0]", "domain", "domain.order",
			"domain.status", "domain.big", "domain.price", "domain.nan", "domain.letter", "domain.set", "domain.id",
			"domain.opaque" })
	void countsAsTrue(String text) {
		assertThat(Sample.test(text)).isTrue();
		assertThat(Sample.evaluate("bool(" + text + ")")).isEqualTo(true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "False", "None", "0", "0.00", "''", "[]", "domain.zero", "domain.empty", "domain.nothing",
			"domain.nope", "domain.emptyList", "domain.nope.deeper", "-0.0" })
	void countsAsFalse(String text) {
		assertThat(Sample.test(text)).isFalse();
		assertThat(Sample.evaluate("not " + text)).isEqualTo(true);
	}

	@ParameterizedTest
	@ValueSource(strings = { "'a' in domain.set", "'z' not in domain.set", "10 in domain.list", "10.0 in domain.list",
			"'b' in domain.text", "'' in domain.text", "'ac' not in domain.text", "'n' in domain",
			"'nope' not in domain", "5 in domain.orders", "'total' in domain.order", "'nope' not in domain.order",
			"None in domain.holes", "None not in domain.list", "'NEW' in domain.states", "'PAID' in domain.states",
			"'paid' not in domain.states", "domain.status in ['NEW', 'PAID']", "domain.status in 'NEW,PAID'",
			"domain.letter in 'xyz'", "[1] in [[1]]", "1 in [1.0]", "domain.nan not in [1, 2]" })
	void membership(String text) {
		assertThat(Sample.test(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "domain.nothing is None", "domain.nope is null", "domain.yes is True",
			"domain.no is false", "domain.n is not None", "domain.n is 7", "domain.status is domain.status",
			"domain.status is not 'NEW'", "signal.cmd_stop is not 'True'", "signal.cmd_stop is True", "1 is not True",
			"'a' is 'a'", "domain.text is 'abc'", "[1] is [1.0]" })
	void identityIsEqualityWithoutTextForms(String text) {
		assertThat(Sample.test(text)).isTrue();
	}

	@Test
	void listsAndTextsAreJoined() {
		assertThat(Sample.evaluate("'a' + 'b' + domain.letter")).isEqualTo("abx");
		assertThat(Sample.evaluate("[1] + [2, 3]")).isEqualTo(List.of(1L, 2L, 3L));
		assertThat(Sample.evaluate("domain.list + [40]")).isEqualTo(List.of(10, 20, 30, 40L));
	}

}
