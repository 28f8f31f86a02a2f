package io.theus.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NumberTests {

	@ParameterizedTest
	@MethodSource
	void arithmeticHasResult(String text, Object value) {
		assertThat(Sample.evaluate(text)).isEqualTo(value);
	}

	static Stream<Arguments> arithmeticHasResult() {
		return Stream.of(Arguments.of("2 + 3", 5L), Arguments.of("2 - 3", -1L), Arguments.of("2 * 3", 6L),
				Arguments.of("7 / 2", new BigDecimal("3.5")), Arguments.of("6 / 2", new BigDecimal("3")),
				Arguments.of("1 / 3", new BigDecimal("0.3333333333333333333333333333333333")),
				Arguments.of("7 // 2", 3L), Arguments.of("-7 // 2", -4L), Arguments.of("7 // -2", -4L),
				Arguments.of("-7 // -2", 3L), Arguments.of("7 % 2", 1L), Arguments.of("-7 % 2", 1L),
				Arguments.of("7 % -2", -1L), Arguments.of("-7 % -2", -1L), Arguments.of("7.5 // 2", 3L),
				Arguments.of("-7.5 // 2", -4L), Arguments.of("7.5 % 2", new BigDecimal("1.5")),
				Arguments.of("-7.5 % 2", new BigDecimal("0.5")), Arguments.of("7.5 % -2", new BigDecimal("-0.5")),
				Arguments.of("6 % -2", 0L), Arguments.of("0.1 + 0.2", new BigDecimal("0.3")),
				Arguments.of("1.10 + 1", new BigDecimal("2.10")), Arguments.of("domain.n + 1", 8L),
				Arguments.of("domain.total * 2", new BigDecimal("200.00")),
				Arguments.of("domain.price * 3", new BigDecimal("0.3")),
				Arguments.of("domain.price + domain.rate", new BigDecimal("0.2")),
				Arguments.of("-domain.total", new BigDecimal("-100.00")), Arguments.of("-domain.n", -7L),
				Arguments.of("9223372036854775807 + 1", new BigInteger("9223372036854775808")),
				Arguments.of("-9223372036854775808 - 1", new BigInteger("-9223372036854775809")),
				Arguments.of("9223372036854775807 * 2", new BigInteger("18446744073709551614")),
				Arguments.of("-9223372036854775808 // -1", new BigInteger("9223372036854775808")),
				Arguments.of("-9223372036854775808 % -1", 0L), Arguments.of("domain.big - 1", Long.MAX_VALUE),
				Arguments.of("-domain.big", Long.MIN_VALUE), Arguments.of("domain.big // -10", -922337203685477581L),
				Arguments.of("domain.big % -10", -2L), Arguments.of("-domain.big % 10", 2L));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.1 + 0.2 == 0.3", "domain.price == 0.1", "domain.rate == 0.1",
			"domain.price == domain.rate", "domain.price < 0.11", "domain.price > 0.09999999999999999999999",
			"domain.total == 100", "domain.total == 100.0", "100 == domain.total", "domain.order.total > 100",
			"domain.order.total > 149.99", "domain.order.total <= 150", "domain.n == 7", "domain.n == 7.0",
			"domain.n < 7.5", "domain.n > 6.5", "domain.big > 9223372036854775807",
			"domain.big == 9223372036854775808.0", "domain.infinite > 1e400", "-domain.zero == 0",
			"domain.infinite == domain.infinite", "domain.nan != domain.nan", "not domain.nan < 1",
			"not domain.nan > 1", "not domain.nan <= domain.nan", "not 1 >= domain.nan", "0 == -0.0", "1e3 == 1000" })
	void comparisonIsExact(String text) {
		assertThat(Sample.test(text)).isTrue();
	}

	@Test
	void comparisonIsOneOrderOverAllTypes() {
		List<Object> ascending = List.of(Double.NEGATIVE_INFINITY, new BigDecimal("-1e400"), -Double.MAX_VALUE,
				BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE), Long.MIN_VALUE, -1,
				new BigDecimal("-0.10"), (short) 0, Double.MIN_VALUE, new BigDecimal("0.1"),
				new BigDecimal("0.10000000000000000001"), (byte) 1, 1.5f, 2, (1L << 53) - 1, 1L << 53, (1L << 53) + 1,
				(double) ((1L << 53) + 2), 1e17, 100000000000000001L, new BigDecimal("100000000000000001.5"), 1L << 60,
				Long.MAX_VALUE, 0x1p63, new BigInteger("9223372036854775809"), 1e300, Double.MAX_VALUE,
				new BigDecimal("1e400"), Float.POSITIVE_INFINITY);
		for (int left = 0; left < ascending.size(); left++) {
			for (int right = 0; right < ascending.size(); right++) {
				assertThat(Numbers.compare((Number) ascending.get(left), (Number) ascending.get(right)))
					.as("%s and %s", ascending.get(left), ascending.get(right))
					.isEqualTo(Integer.compare(left, right));
			}
		}
	}

	@Test
	void largeFloatingNumberStandsForItsExactValue() {
		assertThat(Numbers.compare(1L << 60, 0x1p60)).isZero();
		assertThat(Numbers.compare(0x1p63, BigInteger.ONE.shiftLeft(63))).isZero();
		assertThat(Numbers.compare(0x1p60f, new BigDecimal("1152921504606846976"))).isZero();
	}

	@Test
	void equalNumbersAreEqualWhateverTheirType() {
		List<Object> hundreds = new ArrayList<>(List.of((byte) 100, (short) 100, 100, 100L, 100f, 100d,
				BigInteger.valueOf(100), new BigDecimal("100.000"), new BigDecimal("1E+2")));
		for (Object left : hundreds) {
			for (Object right : hundreds) {
				Scope scope = Scope.of(Map.of("item", left, "payload", right));
				assertThat(Expression.compile("item == payload", Sample.ROOTS).test(scope))
					.as("%s and %s", left.getClass(), right.getClass())
					.isTrue();
			}
		}
	}

}
