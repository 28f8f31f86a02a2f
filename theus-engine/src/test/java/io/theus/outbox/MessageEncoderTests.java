package io.theus.outbox;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

class MessageEncoderTests {

	private final MessageEncoder encoder = new MessageEncoder(new OutboxLimits(100, 2));

	@Test
	void messageCarriesWhatWasGivenAndNoCommit() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("z", "1");
		headers.put("a", "2");
		OutboxMessage message = this.encoder.encode("m-1", "orders", "o-1", "hi", headers);
		headers.clear();
		assertThat(message.id()).isEqualTo("m-1");
		assertThat(message.topic()).isEqualTo("orders");
		assertThat(message.key()).isEqualTo("o-1");
		assertThat(message.headers()).containsExactly(Map.entry("z", "1"), Map.entry("a", "2"));
		assertThat(message.commitVersion()).isEqualTo(OutboxMessage.NO_COMMIT);
	}

	@Test
	void recordsAreWrittenByComponentsInOrder() {
		Order order = new Order("o-1", new BigDecimal("1E+3"), Level.HIGH, List.of(new Line("b", 2)), null);
		assertThat(json(order)).isEqualTo("{\"id\":\"o-1\",\"amount\":1000,\"level\":\"HIGH\","
				+ "\"lines\":[{\"sku\":\"b\",\"count\":2}],\"note\":null}");
		assertThat(json(new Empty())).isEqualTo("{}");
	}

	@Test
	void scalarsAreWrittenAsJsonNumbersOrText() {
		assertThat(json(42)).isEqualTo("42");
		assertThat(json(true)).isEqualTo("true");
		assertThat(json(new BigDecimal("0.00000001"))).isEqualTo("0.00000001");
		assertThat(json(BigInteger.TEN.pow(20))).isEqualTo("100000000000000000000");
		assertThat(json('x')).isEqualTo("\"x\"");
		assertThat(json(Level.HIGH)).isEqualTo("\"HIGH\"");
		assertThat(json(new UUID(0, 1))).isEqualTo("\"00000000-0000-0000-0000-000000000001\"");
		assertThat(json(URI.create("http://a/b"))).isEqualTo("\"http://a/b\"");
		assertThat(json(Currency.getInstance("EUR"))).isEqualTo("\"EUR\"");
		assertThat(json(Locale.GERMANY)).isEqualTo("\"de-DE\"");
		assertThat(json(Optional.of(1))).isEqualTo("1");
	}

	@Test
	void timesAreWrittenAsIsoText() {
		assertThat(json(Instant.ofEpochSecond(0, 1_000_000))).isEqualTo("\"1970-01-01T00:00:00.001Z\"");
		assertThat(json(LocalDate.of(2026, 1, 2))).isEqualTo("\"2026-01-02\"");
		assertThat(json(LocalTime.of(3, 4))).isEqualTo("\"03:04:00\"");
		assertThat(json(OffsetDateTime.parse("2026-01-02T03:04:05+02:00"))).isEqualTo("\"2026-01-02T03:04:05+02:00\"");
		assertThat(json(Duration.ofMinutes(90))).isEqualTo("\"PT1H30M\"");
		assertThat(json(Map.of(LocalDate.of(2026, 1, 2), 1))).isEqualTo("{\"2026-01-02\":1}");
	}

	@Test
	void collectionsAndMapsAreWrittenWhole() {
		assertThat(json(List.of(1, "a", List.of()))).isEqualTo("[1,\"a\",[]]");
		assertThat(json(Set.of("a"))).isEqualTo("[\"a\"]");
		assertThat(json(Collections.singletonMap("a", null))).isEqualTo("{\"a\":null}");
		assertThat(json(Map.of(Level.HIGH, 1))).isEqualTo("{\"HIGH\":1}");
		assertThat(json(new int[] { 1, 2 })).isEqualTo("[1,2]");
	}

	@Test
	void textAndBytesAreSentAsTheyAre() {
		OutboxMessage text = encode(CharBuffer.wrap("grün"));
		assertThat(text.contentType()).isEqualTo("text/plain;charset=utf-8");
		assertThat(text.body()).isEqualTo("grün".getBytes(StandardCharsets.UTF_8));
		byte[] bytes = { 1, 2, 3 };
		OutboxMessage binary = encode(bytes);
		bytes[0] = 9;
		assertThat(binary.contentType()).isEqualTo("application/octet-stream");
		assertThat(binary.body()).containsExactly(1, 2, 3);
		assertThat(encode(1).contentType()).isEqualTo("application/json");
	}

	@Test
	void nullPayloadIsAMessageWithoutBody() {
		OutboxMessage tombstone = encode(null);
		assertThat(tombstone.body()).isNull();
		assertThat(tombstone.bodyLength()).isZero();
	}

	@Test
	void sizeCountsContentKeyAndHeadersInBytes() {
		assertThat(this.encoder.encode("m", "t", "kä", "x".repeat(90), Map.of("ab", "cdefg")).bodyLength())
			.isEqualTo(90);
		assertThatExceptionOfType(OversizedMessageException.class)
			.isThrownBy(() -> this.encoder.encode("m", "t", "kä", "x".repeat(91), Map.of("ab", "cdefg")))
			.withMessage("message to 't' is too large: size=101, limit=100, send less, send a reference to content "
					+ "kept elsewhere, or raise theus.outbox.max-message-size and the limit of the broker")
			.satisfies((ex) -> assertThat(ex.topic()).isEqualTo("t"))
			.satisfies((ex) -> assertThat(ex.size()).isEqualTo(101))
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(100));
	}

	@Test
	void oversizedJsonIsMeasuredExactly() {
		List<String> payload = Collections.nCopies(100_000, "0123456789");
		assertThatExceptionOfType(OversizedMessageException.class).isThrownBy(() -> encode(payload))
			.satisfies((ex) -> assertThat(ex.size()).isEqualTo(1_300_001));
		assertThat(json("x".repeat(10).chars().boxed().toList())).hasSize(41);
		assertThatExceptionOfType(OversizedMessageException.class).isThrownBy(() -> encode(new byte[101]))
			.satisfies((ex) -> assertThat(ex.size()).isEqualTo(101));
		assertThat(encode(new byte[100]).bodyLength()).isEqualTo(100);
	}

	@Test
	void payloadThatCannotBeWrittenIsNamedWithItsPlace() {
		Map<String, Object> payload = Map.of("lines", List.of(1, new Line("a", 1), Map.of("price", new Object())));
		assertThatExceptionOfType(UnencodablePayloadException.class).isThrownBy(() -> encode(payload))
			.withMessageStartingWith(
					"payload of message to 't' cannot be written as JSON: type=" + payload.getClass().getTypeName()
							+ ", at=lines[2].price, reason=No serializer found for class " + "java.lang.Object")
			.withMessageEndingWith(", use records, maps, collections and scalars, or send text or bytes")
			.satisfies((ex) -> assertThat(ex.topic()).isEqualTo("t"))
			.satisfies((ex) -> assertThat(ex.payloadType()).isEqualTo(payload.getClass()))
			.satisfies((ex) -> assertThat(ex.location()).isEqualTo("lines[2].price"));
		assertThatExceptionOfType(UnencodablePayloadException.class).isThrownBy(() -> encode(new Object()))
			.satisfies((ex) -> assertThat(ex.location()).isEqualTo("(root)"));
	}

	@Test
	void payloadThatContainsItselfIsRefusedWithAShortPlace() {
		List<Object> inner = new ArrayList<>();
		List<Object> outer = new ArrayList<>(List.of(inner));
		inner.add(outer);
		assertThatExceptionOfType(UnencodablePayloadException.class).isThrownBy(() -> encode(outer))
			.satisfies((ex) -> assertThat(ex.location()).hasSizeLessThan(210).startsWith("[0][0]").endsWith("..."));
	}

	@Test
	void failureOfAnAccessorIsAnEncodingError() {
		assertThatExceptionOfType(UnencodablePayloadException.class).isThrownBy(() -> encode(new Failing(1)))
			.satisfies((ex) -> assertThat(ex.location()).isEqualTo("value"))
			.withMessageContaining("reason=java.lang");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a b | invalid outbox topic 'a b': position=1, use letters (a-z, A-Z), digits, '.', '_' and '-'
			tü  | invalid outbox topic 'tü': position=1, use letters (a-z, A-Z), digits, '.', '_' and '-'
			''  | outbox topic '' is not a name: length=0, choose another one
			.   | outbox topic '.' is not a name: length=1, choose another one
			..  | outbox topic '..' is not a name: length=2, choose another one
			""")
	void malformedTopicsAreRefused(String topic, String message) {
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> this.encoder.encode("m", topic, null, "x", Map.of()))
			.withMessage(message)
			.satisfies((ex) -> assertThat(ex.topic()).isEqualTo(topic));
	}

	@Test
	void topicsMayHave249Characters() {
		String longest = "aZ9._-" + "x".repeat(243);
		assertThat(this.encoder.encode("m", longest, null, "x", Map.of()).topic()).isEqualTo(longest);
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> this.encoder.encode("m", longest + "y", null, "x", Map.of()))
			.withMessage("outbox topic '" + longest + "y' is too long: length=250, limit=249, shorten it");
	}

	@Test
	void headersWithoutNameOrValueAreRefused() {
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> this.encoder.encode("m", "t", null, "x", Map.of(" ", "v")))
			.withMessage("header of message to 't' has no name: name= , name it");
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> this.encoder.encode("m", "t", null, "x", Collections.singletonMap(null, "v")))
			.withMessage("header of message to 't' has no name: name=null, name it");
		assertThatExceptionOfType(InvalidMessageException.class)
			.isThrownBy(() -> this.encoder.encode("m", "t", null, "x", Collections.singletonMap("h", null)))
			.withMessage("header 'h' of message to 't' has no value: value=null, leave it out or use an empty text");
	}

	@Test
	void countOfACommitIsLimited() {
		OutboxLimits limits = new OutboxLimits(100, 2);
		limits.requireCount("t", 2);
		assertThatExceptionOfType(TooManyMessagesException.class).isThrownBy(() -> limits.requireCount("t", 3))
			.withMessage("message to 't' is one too many for its commit: count=3, limit=2, send fewer in one commit or "
					+ "raise theus.outbox.max-messages-per-commit")
			.satisfies((ex) -> assertThat(ex.count()).isEqualTo(3))
			.satisfies((ex) -> assertThat(ex.limit()).isEqualTo(2))
			.isInstanceOf(OutboxMessageException.class);
		assertThat(OutboxLimits.defaults()).isEqualTo(new OutboxLimits(1_000_000, 1000));
		assertThatIllegalArgumentException().isThrownBy(() -> new OutboxLimits(0, 1))
			.withMessage("limits of the outbox must be positive: maxMessageSize=0, maxMessagesPerCommit=1");
	}

	@Test
	void sourcesAddHeadersBehindThoseOfTheSender() {
		HeaderSource all = HeaderSource
			.all(List.of(() -> Map.of("a", "1"), () -> Map.of("b", "1"), () -> Map.of("b", "2")));
		OutboxMessage message = new MessageEncoder(OutboxLimits.defaults(), all).encode("m", "t", null, "x",
				Map.of("a", "own"));
		assertThat(message.headers()).containsExactly(entry("a", "own"), entry("b", "2"));
	}

	@Test
	void sourceThatFailsCostsOnlyItsHeaders() {
		HeaderSource all = HeaderSource.all(List.of(() -> {
			throw new IllegalStateException("no trace");
		}, () -> Map.of("b", "2")));
		assertThat(new MessageEncoder(OutboxLimits.defaults(), all).encode("m", "t", null, "x", Map.of()).headers())
			.containsExactly(entry("b", "2"));
	}

	@Test
	void headersOfSourcesCountTowardsTheSize() {
		MessageEncoder encoder = new MessageEncoder(new OutboxLimits(100, 2), () -> Map.of("trace", "x".repeat(95)));
		assertThatExceptionOfType(OversizedMessageException.class)
			.isThrownBy(() -> encoder.encode("m", "t", null, "x", Map.of()))
			.withMessageContaining("too large");
	}

	private OutboxMessage encode(Object payload) {
		return this.encoder.encode("m", "t", null, payload, Map.of());
	}

	private String json(Object payload) {
		return new String(new MessageEncoder(OutboxLimits.defaults()).encode("m", "t", null, payload, Map.of()).body(),
				StandardCharsets.UTF_8);
	}

	enum Level {

		HIGH;

		@Override
		public String toString() {
			return "a name for people";
		}

	}

	interface Summarised {

		String getSummary();

	}

	record Line(String sku, int count) {
	}

	record Order(String id, BigDecimal amount, Level level, List<Line> lines, String note) implements Summarised {

		@Override
		public String getSummary() {
			return "not a component";
		}

	}

	record Empty() {
	}

	record Failing(int value) {

		@Override
		public int value() {
			throw new IllegalStateException("no value");
		}

	}

}
