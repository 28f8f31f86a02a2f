package io.theus.internal.codec;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.internal.collection.PersistentList;
import io.theus.internal.collection.PersistentMap;
import io.theus.internal.collection.PersistentSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ValueEncoder} and {@link ValueDecoder}.
 */
class ValueCodecTests {

	private static final int LIMIT = 1 << 26;

	private static byte[] bytes(@Nullable Object value) {
		ValueEncoder out = new ValueEncoder(LIMIT, Substitution.NONE);
		out.write(value);
		return out.toBytes();
	}

	private static ValueDecoder decoder(byte[] bytes) {
		return new ValueDecoder(ByteBuffer.wrap(bytes), ValueCodecTests.class.getClassLoader(), Substitution.NONE);
	}

	private static @Nullable Object copy(@Nullable Object value) {
		ValueDecoder in = decoder(bytes(value));
		Object copy = in.read();
		assertThat(in.isAtEnd()).isTrue();
		return copy;
	}

	static Stream<Object> values() {
		return Stream.of(true, false, (byte) -1, (short) -2, -3, Long.MIN_VALUE, -0.0f, Double.NaN, Double.MIN_VALUE,
				'ü', '\uD800', "", "text", "ä\u00FF", "\u0100", "漢字 \uD83D\uDE00", "\uDC00\uD800",
				new BigDecimal("-12.3400"), new BigDecimal("1e-400"), BigInteger.TWO.pow(200).negate(),
				UUID.randomUUID(), URI.create("https://example.org/a?b=c#d"), Currency.getInstance("EUR"),
				Locale.GERMANY, new Locale("no", "NO", "NY"), Instant.MIN, Instant.MAX, Duration.ofSeconds(-1, 5),
				LocalDate.MIN, LocalTime.MAX, LocalDateTime.MAX, OffsetDateTime.of(LocalDateTime.MIN, ZoneOffset.MAX),
				ZonedDateTime.parse("2026-01-02T03:04:05+01:00[Europe/Berlin]"), DayOfWeek.FRIDAY, Level.HIGH,
				Optional.empty(), Optional.of(1), new Point(1, -2), new Nested("a", List.of(new Point(0, 0)), null),
				new Plain("kept"), EnumSet.of(Level.LOW), new EnumMap<>(Map.of(Level.HIGH, 1)));
	}

	@ParameterizedTest
	@MethodSource("values")
	void valueIsReadAsItWasWritten(Object value) {
		assertThat(copy(value)).isEqualTo(value).hasSameClassAs(value);
	}

	@Test
	void nullIsAValue() {
		assertThat(copy(null)).isNull();
	}

	static Stream<Object> arrays() {
		return Stream.of(new boolean[] { true, false }, new byte[] { 1, -1 }, new short[] { 1, -1 },
				new char[] { 'a', '\uFFFF' }, new int[] { 1, Integer.MIN_VALUE }, new long[] { 1, Long.MIN_VALUE },
				new float[] { 1.5f, Float.NaN }, new double[] { 1.5, -0.0 }, new double[0], new String[] { "a", null },
				new int[][] { { 1 }, {} }, new Point[] { new Point(1, 2) });
	}

	@ParameterizedTest
	@MethodSource("arrays")
	void arrayIsReadAsItWasWritten(Object array) {
		assertThat(copy(array)).hasSameClassAs(array).isEqualTo(array);
	}

	static Stream<Object> collections() {
		return Stream.of(new ArrayList<>(List.of(1)), new HashMap<>(Map.of(1, 2)), new LinkedHashMap<>(Map.of("a", 2)),
				new TreeMap<>(Map.of("b", 1, "a", 2)), new HashSet<>(Set.of(1, 2)), new TreeSet<>(Set.of(3, 1)),
				PersistentMap.copyOf(Map.of("a", 1, "b", PersistentList.copyOf(List.of(1)))),
				PersistentList.copyOf(Arrays.asList(1, null, "x")), PersistentSet.copyOf(Set.of(1, "a")));
	}

	@ParameterizedTest
	@MethodSource("collections")
	void collectionKeepsItsClass(Object collection) {
		assertThat(copy(collection)).hasSameClassAs(collection).isEqualTo(collection);
	}

	@Test
	void otherCollectionsBecomeUnmodifiable() {
		for (Object each : List.of(List.of(1, 2), Set.of("a"), Map.of(1, 2), Arrays.asList(3, null))) {
			assertThat(copy(each)).isEqualTo(each);
		}
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> ((List<?>) Objects.requireNonNull(copy(Arrays.asList(1)))).clear());
	}

	@Test
	void orderOfASortedCollectionIsKept() {
		TreeMap<String, Integer> map = new TreeMap<>(Comparator.reverseOrder());
		map.putAll(Map.of("a", 1, "b", 2));
		assertThat(((TreeMap<?, ?>) Objects.requireNonNull(copy(map))).firstKey()).isEqualTo("b");
	}

	@Test
	void whatOccursTwiceIsWrittenOnce() {
		double[] numbers = new double[100_000];
		byte[] bytes = bytes(Arrays.asList(numbers, numbers, List.of(1), numbers));
		assertThat(bytes.length).isLessThan(900_000);
		List<?> copy = (List<?>) Objects.requireNonNull(decoder(bytes).read());
		assertThat(copy.get(1)).isSameAs(copy.get(0));
		assertThat(copy.get(3)).isSameAs(copy.get(0));
		assertThat(copy.get(2)).isEqualTo(List.of(1));
	}

	@Test
	void refusedPartIsNamed() {
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> bytes(new Nested("a", List.of(), Map.of("x", Arrays.asList(1, Thread.currentThread())))))
			.withMessage("at '.others['x'][1]': type=java.lang.Thread, make it a record or Serializable")
			.satisfies((ex) -> assertThat(ex.place()).isEqualTo(".others['x'][1]"));
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> bytes(new Plain(new Object())))
			.withMessage("type=java.lang.Object in io.theus.internal.codec.ValueCodecTests$Plain, "
					+ "make it a record or Serializable");
	}

	@Test
	void whatContainsItselfIsRefused() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> bytes(list))
			.withMessageContaining("it is nested deeper than limit=256 levels, does it contain itself");
	}

	@Test
	void whatIsTooLargeIsRefused() {
		ValueEncoder out = new ValueEncoder(1000, Substitution.NONE);
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> out.write(new long[125]))
			.withMessage("it is larger than limit=1000 bytes, hand over less or put numbers into the heavy zone");
	}

	@Test
	void recordThatRefusesItsComponentsIsNamed() {
		byte[] bytes = bytes(new Positive(5));
		bytes[bytes.length - 4] = -1;
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> decoder(bytes).read())
			.withMessageStartingWith("record 'io.theus.internal.codec.ValueCodecTests$Positive' cannot be made from "
					+ "its components: java.lang.IllegalArgumentException");
	}

	@Test
	void unknownClassIsNamed() {
		byte[] bytes = bytes(new Point(1, 2));
		String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("$Point", "$Other");
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> decoder(text.getBytes(StandardCharsets.ISO_8859_1)).read())
			.withMessage("class 'io.theus.internal.codec.ValueCodecTests$Other' is not found here, "
					+ "add it to the class path");
	}

	@Test
	void substituteStandsForAValue() {
		Substitution names = new Substitution() {

			@Override
			public @Nullable Object replace(Object value) {
				return (value instanceof Thread thread) ? thread.getName() : null;
			}

			@Override
			public Object resolve(@Nullable Object substitute) {
				return "resolved " + substitute;
			}

		};
		ValueEncoder out = new ValueEncoder(LIMIT, names);
		out.write(List.of(new Thread(() -> {
		}, "t1")));
		assertThat(new ValueDecoder(ByteBuffer.wrap(out.toBytes()), getClass().getClassLoader(), names).read())
			.isEqualTo(List.of("resolved t1"));
	}

	@Test
	void randomValuesAreReadAsTheyWereWritten() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int i = 0; i < 3000; i++) {
			Object value = random(random, 5);
			assertThat(copy(value)).as("seed=%d, round=%d", seed, i).isEqualTo(value);
		}
	}

	// What comes out of broken bytes is a value or a CodecException, soon and with little
	// memory
	@Test
	@Timeout(60)
	void brokenBytesAreRefused() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		int refused = 0;
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = bytes(random(random, 4));
			if (random.nextBoolean()) {
				bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
			}
			for (int j = random.nextInt(4); j > 0 && bytes.length > 0; j--) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			}
			try {
				decoder(bytes).read();
			}
			catch (CodecException ex) {
				refused++;
			}
			catch (Throwable ex) {
				throw new AssertionError("seed=" + seed + ", round=" + i + ", bytes=" + Arrays.toString(bytes), ex);
			}
		}
		assertThat(refused).isGreaterThan(1000);
	}

	@Test
	void everyTruncationIsRefused() {
		byte[] bytes = bytes(values().toList());
		for (int length = 0; length < bytes.length; length++) {
			byte[] cut = Arrays.copyOf(bytes, length);
			assertThatExceptionOfType(CodecException.class).as("length=%d", length)
				.isThrownBy(() -> decoder(cut).read());
		}
	}

	@Test
	void sizeThatNobodySentAllocatesNothing() {
		for (int tag : new int[] { Tag.LATIN, Tag.TEXT, Tag.BIG_INTEGER, Tag.SERIALIZED }) {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> decoder(new byte[] { (byte) tag, -1, -1, -1, -1, 7, 0 }).read())
				.withMessageMatching("bytes end early: wanted=\\d+, left=1");
		}
		for (int tag : new int[] { Tag.MAP, Tag.COLLECTION, Tag.PRIMITIVES }) {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> decoder(new byte[] { (byte) tag, 1, -1, -1, -1, -1, 7, 0 }).read())
				.withMessageMatching("bytes end early: wanted=\\d+, left=1");
		}
	}

	@SuppressWarnings("JavaUtilDate")
	private static @Nullable Object random(Random random, int depth) {
		int kinds = (depth > 0) ? 22 : 15;
		return switch (random.nextInt(kinds)) {
			case 0 -> null;
			case 1 -> random.nextBoolean();
			case 2 -> random.nextInt();
			case 3 -> random.nextLong();
			case 4 -> random.nextDouble();
			case 5 -> (byte) random.nextInt();
			case 6 -> (char) random.nextInt();
			case 7 -> text(random);
			case 8 -> new BigDecimal(new BigInteger(random.nextInt(200), random), random.nextInt(20) - 10);
			case 9 -> new UUID(random.nextLong(), random.nextLong());
			case 10 -> Instant.ofEpochMilli(random.nextInt());
			case 11 -> Level.values()[random.nextInt(2)];
			case 12 -> new Point(random.nextInt(), random.nextInt());
			case 13 -> new Date(random.nextLong());
			case 14 -> Float.intBitsToFloat(random.nextInt(1 << 30));
			case 15, 16 -> list(random, depth);
			case 17 -> PersistentList.copyOf(list(random, depth));
			case 18 -> PersistentSet.copyOf(list(random, depth));
			case 19 -> map(random, depth);
			case 20 -> PersistentMap.copyOf(map(random, depth));
			default -> new Nested(text(random), List.of(new Point(1, random.nextInt())), map(random, depth));
		};
	}

	private static List<@Nullable Object> list(Random random, int depth) {
		List<@Nullable Object> list = new ArrayList<>();
		for (int i = random.nextInt(5); i > 0; i--) {
			list.add(random(random, depth - 1));
		}
		return list;
	}

	private static Map<String, @Nullable Object> map(Random random, int depth) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		for (int i = random.nextInt(5); i > 0; i--) {
			map.put("k" + text(random), random(random, depth - 1));
		}
		return map;
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		int bound = random.nextBoolean() ? 0x80 : 0x10000;
		for (int i = random.nextInt(10); i > 0; i--) {
			text.append((char) random.nextInt(bound));
		}
		return text.toString();
	}

	enum Level {

		LOW,

		HIGH {

			@Override
			public String toString() {
				return "with a body";
			}

		}

	}

	record Point(int x, int y) {
	}

	record Nested(String name, List<Point> points, @Nullable Map<String, @Nullable Object> others) {
	}

	record Positive(int value) {

		Positive {
			if (value < 0) {
				throw new IllegalArgumentException("negative");
			}
		}

	}

	static final class Plain implements Serializable {

		private final Object content;

		Plain(Object content) {
			this.content = content;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Plain plain && plain.content.equals(this.content);
		}

		@Override
		public int hashCode() {
			return this.content.hashCode();
		}

	}

}
