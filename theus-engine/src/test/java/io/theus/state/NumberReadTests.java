package io.theus.state;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.TypeRef;
import io.theus.path.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NumberReadTests {

	private static final Path PATH = Path.parse("domain.x");

	static Stream<Arguments> lossless() {
		return Stream.of(of(1, 1L), of(1, (short) 1), of(1, (byte) 1), of(1, 1.0), of(1, 1.0f),
				of(1, new BigDecimal("1")), of(1, new BigInteger("1")), of(1L, 1), of(7L, new BigDecimal("7")),
				of((byte) -128, -128), of((short) 5, 5L), of(5.0, 5), of(5.0, 5L), of(2.5, new BigDecimal("2.5")),
				of(0.1, new BigDecimal("0.1")), of(0.5, 0.5f), of(0.5f, 0.5), of(0.1f, (double) 0.1f),
				of(1e15, 1_000_000_000_000_000L), of(new BigDecimal("7.00"), 7), of(new BigDecimal("0.1"), 0.1),
				of(new BigDecimal("1e3"), new BigInteger("1000")), of(new BigInteger("9"), 9L),
				of(Long.MAX_VALUE, new BigDecimal("9223372036854775807")), of(1L << 53, (double) (1L << 53)),
				of(-0.0f, -0.0));
	}

	@ParameterizedTest
	@MethodSource("lossless")
	void numberConvertsWhereNothingIsLost(Number stored, Number wanted) {
		assertThat(TypedReads.convert(PATH, stored, wanted.getClass())).isEqualTo(wanted);
	}

	static Stream<Arguments> lossy() {
		return Stream.of(of(1.5, 1), of(1.5, 1L), of(300, (byte) 0), of(70_000, (short) 0), of(Long.MAX_VALUE, 0),
				of(Long.MAX_VALUE, 0.0), of((1L << 53) + 1, 0.0), of((1 << 24) + 1, 0f), of(0.1, 0f), of(1e300, 0f),
				of(1e300, 0L), of(Double.NaN, 0), of(Double.NaN, BigDecimal.ONE), of(Double.POSITIVE_INFINITY, 0L),
				of(new BigDecimal("0.5"), BigInteger.ONE), of(new BigDecimal("1e400"), 0.0),
				of(new BigDecimal("0.12345678901234567890"), 0.0), of(new BigInteger("99999999999999999999"), 0L));
	}

	@ParameterizedTest
	@MethodSource("lossy")
	void lossyConversionIsAnError(Number stored, Number wanted) {
		assertThatExceptionOfType(IncompatibleValueException.class)
			.isThrownBy(() -> TypedReads.convert(PATH, stored, wanted.getClass()))
			.withMessage("value at 'domain.x' cannot be read as %s without loss: actual=%s, read it as the stored type",
					wanted.getClass().getName(), stored.getClass().getName())
			.satisfies((ex) -> {
				assertThat(ex.path()).isEqualTo(PATH);
				assertThat(ex.expected()).isEqualTo(wanted.getClass());
			});
	}

	@Test
	void primitivesAreTheirBoxes() {
		assertThat(TypedReads.convert(PATH, 1, long.class)).isEqualTo(1L);
		assertThat(TypedReads.convert(PATH, 'c', char.class)).isEqualTo('c');
		assertThat(TypedReads.convert(PATH, true, boolean.class)).isEqualTo(true);
	}

	@Test
	void otherMismatchIsAnError() {
		for (Object stored : List.of("1", true, List.of(1))) {
			assertThatExceptionOfType(IncompatibleValueException.class)
				.isThrownBy(() -> TypedReads.convert(PATH, stored, Integer.class));
		}
		assertThatExceptionOfType(IncompatibleValueException.class)
			.isThrownBy(() -> TypedReads.convert(PATH, 1, String.class))
			.withMessage(
					"value at 'domain.x' cannot be read as java.lang.String without loss: actual=java.lang.Integer, "
							+ "read it as the stored type");
		assertThatExceptionOfType(IncompatibleValueException.class)
			.isThrownBy(() -> TypedReads.convert(PATH, List.of(1, 2.5), new TypeRef<List<Integer>>() {
			}.type()));
	}

	@Test
	void collectionIsCopiedOnlyWhereAPartConverts() {
		List<Integer> stored = List.of(1, 2);
		assertThat(TypedReads.convert(PATH, stored, new TypeRef<List<Integer>>() {
		}.type())).isSameAs(stored);
		assertThat(TypedReads.convert(PATH, stored, new TypeRef<List<Long>>() {
		}.type())).isEqualTo(List.of(1L, 2L));
	}

	private static Arguments of(Number stored, Number wanted) {
		return Arguments.of(stored, wanted);
	}

}
