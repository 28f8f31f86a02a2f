package io.theus.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class FunctionTests {

	@ParameterizedTest
	@MethodSource
	void functionHasResult(String text, Object value) {
		assertThat(Sample.evaluate(text)).isEqualTo(value);
	}

	static Stream<Arguments> functionHasResult() {
		return Stream.of(Arguments.of("len('abc')", 3L), Arguments.of("len('\uD83D\uDE00')", 1L),
				Arguments.of("len(domain.letter)", 1L), Arguments.of("len([])", 0L),
				Arguments.of("len(domain.list)", 3L), Arguments.of("len(domain.set)", 2L),
				Arguments.of("len(domain.orders)", 2L), Arguments.of("int(7.9)", 7L), Arguments.of("int(-7.9)", -7L),
				Arguments.of("int(' 12 ')", 12L), Arguments.of("int('-12')", -12L), Arguments.of("int(True)", 1L),
				Arguments.of("int(domain.n)", 7L), Arguments.of("int(domain.price)", 0L),
				Arguments.of("int(domain.big)", new BigInteger("9223372036854775808")),
				Arguments.of("int('9223372036854775808')", new BigInteger("9223372036854775808")),
				Arguments.of("float(7)", new BigDecimal("7")), Arguments.of("float('1.50')", new BigDecimal("1.50")),
				Arguments.of("float(' .5e1 ')", new BigDecimal("5")), Arguments.of("float(False)", BigDecimal.ZERO),
				Arguments.of("float(domain.price)", new BigDecimal("0.1")), Arguments.of("str('a')", "a"),
				Arguments.of("str(7)", "7"), Arguments.of("str(1.50)", "1.50"), Arguments.of("str(1e3)", "1000"),
				Arguments.of("str(True)", "True"), Arguments.of("str(False)", "False"),
				Arguments.of("str(None)", "None"), Arguments.of("str(domain.status)", "NEW"),
				Arguments.of("str(domain.id)", Sample.ID.toString()), Arguments.of("str(domain.day)", "2026-01-02"),
				Arguments.of("str(domain.letter)", "x"), Arguments.of("str(domain.price)", "0.1"),
				Arguments.of("str(domain.nan)", "NaN"), Arguments.of("bool('False')", true),
				Arguments.of("bool([])", false), Arguments.of("abs(-7)", 7L), Arguments.of("abs(7)", 7L),
				Arguments.of("abs(-1.50)", new BigDecimal("1.50")),
				Arguments.of("abs(-9223372036854775808)", new BigInteger("9223372036854775808")),
				Arguments.of("abs(domain.n - 10)", 3L), Arguments.of("min(3, 1, 2)", 1L),
				Arguments.of("max(3, 1, 2)", 3L), Arguments.of("min([3, 1.5, 2])", new BigDecimal("1.5")),
				Arguments.of("max(domain.list)", 30), Arguments.of("min('b', 'a')", "a"),
				Arguments.of("max(domain.set)", "b"), Arguments.of("min([5])", 5L), Arguments.of("max(1, 1.0)", 1L),
				Arguments.of("min(1, 1.0)", 1L), Arguments.of("sum([])", 0L), Arguments.of("sum(domain.list)", 60L),
				Arguments.of("sum([0.1, 0.2, 1])", new BigDecimal("1.3")),
				Arguments.of("contains(domain.list, 10)", true), Arguments.of("contains('abc', 'z')", false),
				Arguments.of("contains(domain, 'n')", true), Arguments.of("round(2.5)", 2L),
				Arguments.of("round(3.5)", 4L), Arguments.of("round(-2.5)", -2L),
				Arguments.of("round(2.675, 2)", new BigDecimal("2.68")),
				Arguments.of("round(2.665, 2)", new BigDecimal("2.66")), Arguments.of("round(2, 2)", 2L),
				Arguments.of("round(1250, -2)", 1200L), Arguments.of("round(1350.5, -2)", new BigDecimal("1400")),
				Arguments.of("round(domain.price, 3)", new BigDecimal("0.100")), Arguments.of("any([0, 1])", true),
				Arguments.of("any([0, ''])", false), Arguments.of("any([])", false), Arguments.of("all([1, 0])", false),
				Arguments.of("all([1, 2])", true), Arguments.of("all([])", true),
				Arguments.of("all(domain.holes)", false));
	}

}
