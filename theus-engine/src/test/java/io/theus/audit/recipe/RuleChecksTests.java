package io.theus.audit.recipe;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.theus.AuditLevel;
import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Findings;
import io.theus.audit.rule.Violation;
import io.theus.path.Path;
import io.theus.path.PathPattern;
import io.theus.path.PlaceholderValues;
import io.theus.state.StateTree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Each check with values of each type that it applies to, and with those it does not.
 */
class RuleChecksTests {

	private static final Map<String, Object> STATE = Map.of("domain.limit", 10L, "domain.names", List.of("a", "b"));

	@Test
	void minComparesNumbersOfAllTypesExactly() {
		for (Object kept : List.of(1L, 1, (short) 1, (byte) 1, BigInteger.ONE, new BigDecimal("0.01"), 0.01, 0.5f,
				1e300, Double.POSITIVE_INFINITY, BigInteger.TEN.pow(30))) {
			assertThat(problem((rule) -> rule.min(new BigDecimal("0.01")), kept)).as(kept.toString()).isNull();
		}
		for (Object refused : List.of(0L, 0, (short) 0, BigInteger.ZERO, new BigDecimal("0.0099"), 0.0099, -1e300,
				Double.NEGATIVE_INFINITY, Long.MIN_VALUE, BigInteger.TEN.pow(30).negate())) {
			assertThat(problem((rule) -> rule.min(0.01), refused)).as(refused.toString())
				.isEqualTo("is below min=0.01");
		}
	}

	@Test
	void maxComparesNumbersOfAllTypesExactly() {
		for (Object kept : List.of(10L, 10, new BigDecimal("10.50"), 10.5, 10.5f, Long.MIN_VALUE)) {
			assertThat(problem((rule) -> rule.max(10.5), kept)).as(kept.toString()).isNull();
		}
		for (Object refused : List.of(11L, 11, new BigDecimal("10.51"), Math.nextUp(10.5), Long.MAX_VALUE,
				Double.POSITIVE_INFINITY)) {
			assertThat(problem((rule) -> rule.max(10.5), refused)).as(refused.toString())
				.isEqualTo("is above max=10.5");
		}
	}

	@Test
	void boundsOutsideOfLongAreCompared() {
		BigInteger large = BigInteger.TWO.pow(70);
		assertThat(problem((rule) -> rule.min(large), Long.MAX_VALUE)).isEqualTo("is below min=" + large);
		assertThat(problem((rule) -> rule.max(large), Long.MAX_VALUE)).isNull();
		assertThat(problem((rule) -> rule.min(large.negate()), Long.MIN_VALUE)).isNull();
		assertThat(problem((rule) -> rule.max(large.negate()), Long.MIN_VALUE))
			.isEqualTo("is above max=" + large.negate());
	}

	@Test
	void boundsThatADoubleCannotTellApartAreCompared() {
		BigDecimal bound = new BigDecimal("12345678901234567890.12");
		BigDecimal hundredth = new BigDecimal("0.01");
		assertThat(problem((rule) -> rule.min(bound).max(bound), bound)).isNull();
		assertThat(problem((rule) -> rule.max(bound), bound.add(hundredth))).isEqualTo("is above max=" + bound);
		assertThat(problem((rule) -> rule.min(bound), bound.subtract(hundredth))).isEqualTo("is below min=" + bound);
		assertThat(problem((rule) -> rule.min(5).max(5), new BigDecimal("5.00"))).isNull();
	}

	@Test
	void whatIsNotANumberViolatesBounds() {
		assertThat(problem((rule) -> rule.min(0), Double.NaN)).isEqualTo("is not a number, min=0");
		assertThat(problem((rule) -> rule.max(0), Float.NaN)).isEqualTo("is not a number, max=0");
		assertThat(problem((rule) -> rule.min(0), "5")).isEqualTo("is a text, and 'min' needs a number");
		assertThat(problem((rule) -> rule.max(0), true)).isEqualTo("is a boolean, and 'max' needs a number");
		assertThat(problem((rule) -> rule.max(0), List.of(1))).isEqualTo("is a list, and 'max' needs a number");
		assertThat(problem((rule) -> rule.max(0), LocalDate.EPOCH))
			.isEqualTo("is of type LocalDate, and 'max' needs a number");
	}

	@Test
	void eqAndNeqWorkOnAnyValue() {
		assertThat(problem((rule) -> rule.eq(1L), 1.0)).isNull();
		assertThat(problem((rule) -> rule.eq(new BigDecimal("1.0")), 1)).isNull();
		assertThat(problem((rule) -> rule.eq("MONDAY"), DayOfWeek.MONDAY)).isNull();
		assertThat(problem((rule) -> rule.eq("2026-01-31"), LocalDate.of(2026, 1, 31))).isNull();
		assertThat(problem((rule) -> rule.eq(List.of(1, "a")), Arrays.asList(1L, "a"))).isNull();
		assertThat(problem((rule) -> rule.eq(Map.of("a", 1)), Map.of("a", 1L))).isNull();
		assertThat(problem((rule) -> rule.eq(true), true)).isNull();
		assertThat(problem((rule) -> rule.eq(1), "1")).isEqualTo("is another value than eq=1");
		assertThat(problem((rule) -> rule.eq("ready"), "READY")).isEqualTo("is another value than eq=ready");
		assertThat(problem((rule) -> rule.neq("locked"), "locked")).isEqualTo("is the value neq=locked");
		assertThat(problem((rule) -> rule.neq(1), 1.0)).isEqualTo("is the value neq=1");
		assertThat(problem((rule) -> rule.neq(1), "1")).isNull();
	}

	@Test
	void inAndNotInCompareAsEqDoes() {
		assertThat(problem((rule) -> rule.in(List.of("a", 1, 2.5)), "a")).isNull();
		assertThat(problem((rule) -> rule.in(List.of("a", 1, 2.5)), 1L)).isNull();
		assertThat(problem((rule) -> rule.in(List.of("a", 1, 2.5)), new BigDecimal("2.50"))).isNull();
		assertThat(problem((rule) -> rule.in(List.of("MONDAY")), DayOfWeek.MONDAY)).isNull();
		assertThat(problem((rule) -> rule.in(List.of("a", 1)), "b")).isEqualTo("is none of in=[a, 1]");
		assertThat(problem((rule) -> rule.in(List.of(1)), "1")).isEqualTo("is none of in=[1]");
		assertThat(problem((rule) -> rule.notIn(List.of("a", 1)), 1)).isEqualTo("is one of not-in=[a, 1]");
		assertThat(problem((rule) -> rule.notIn(List.of("a", 1)), List.of())).isNull();
	}

	@Test
	void valuesThatAreTooDeepToBeComparedViolateWhateverIsDemandedOfThem() {
		Object deep = nested(100);
		assertThat(problem((rule) -> rule.eq(deep), nested(100))).startsWith("is another value than eq=[[");
		assertThat(problem((rule) -> rule.neq(deep), nested(100))).startsWith("is the value neq=[[");
		assertThat(problem((rule) -> rule.in(List.of(deep)), nested(100))).startsWith("is none of in=[[");
		assertThat(problem((rule) -> rule.notIn(List.of(deep)), nested(100))).startsWith("is one of not-in=[[");
	}

	private static Object nested(int depth) {
		Object value = 1;
		for (int i = 0; i < depth; i++) {
			value = List.of(value);
		}
		return value;
	}

	@Test
	void longListsAreCutInMessages() {
		List<Integer> many = Collections.nCopies(50, 1);
		assertThat(problem((rule) -> rule.in(many), 2)).isEqualTo("is none of in=[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ...]");
	}

	@Test
	void lengthIsThatOfTextsListsSetsAndMaps() {
		for (Object value : List.of("ab", CharBuffer.wrap("ab"), List.of(1, 2), Set.of(1, 2), Map.of(1, 1, 2, 2),
				new int[2], "\uD83D\uDE00\uD83D\uDE00", CharBuffer.wrap("\uD83D\uDE00\uD83D\uDE00"))) {
			assertThat(problem((rule) -> rule.minLen(2).maxLen(2), value)).as(value.toString()).isNull();
			assertThat(problem((rule) -> rule.minLen(3), value)).isEqualTo("is shorter than min-len=3");
			assertThat(problem((rule) -> rule.maxLen(1), value)).isEqualTo("is longer than max-len=1");
		}
		assertThat(problem((rule) -> rule.maxLen(1), 'a')).isNull();
		assertThat(problem((rule) -> rule.maxLen(1), 5))
			.isEqualTo("is an integer, and 'max-len' needs a text, list, set or map");
	}

	@Test
	void regexMatchesTheWholeText() {
		assertThat(problem((rule) -> rule.regex("[a-z]+"), "abc")).isNull();
		assertThat(problem((rule) -> rule.regex("^[a-z]+$"), "abc")).isNull();
		assertThat(problem((rule) -> rule.regex("[a-z]+"), "abc1")).isEqualTo("does not match regex=[a-z]+");
		assertThat(problem((rule) -> rule.regex("(a|b)*"), "ab".repeat(100))).isNull();
		assertThat(problem((rule) -> rule.regex("MON.*"), DayOfWeek.MONDAY)).isNull();
		assertThat(problem((rule) -> rule.regex("[0-9]+"), 5)).isEqualTo("is an integer, and 'regex' needs a text");
	}

	@ParameterizedTest
	@ValueSource(strings = { "(a+)+", "(a|aa)*", "(.*a){20}", "a*a*a*a*a*a*a*a*b" })
	void catastrophicRegexIsGivenUp(String regex) {
		long begun = System.nanoTime();
		assertThat(problem((rule) -> rule.regex(regex), "a".repeat(3000) + "!")).contains("regex=" + regex);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
	}

	@Test
	void typeIsThatOfTheValue() {
		Map<String, Object> values = new HashMap<>();
		values.put("text", "a");
		values.put("integer", 5L);
		values.put("decimal", new BigDecimal("1.5"));
		values.put("boolean", true);
		values.put("map", Map.of());
		values.put("list", List.of());
		values.put("set", Set.of());
		values.put("record", new KnownProcesses.Customer("a"));
		values.put("enum", DayOfWeek.MONDAY);
		values.put("uuid", UUID.randomUUID());
		values.put("date", LocalDate.EPOCH);
		values.put("time", LocalTime.NOON);
		values.put("date-time", LocalDateTime.MIN);
		values.put("instant", Instant.EPOCH);
		values.put("duration", Duration.ZERO);
		values.forEach((type, value) -> {
			assertThat(problem((rule) -> rule.type(type), value)).as(type).isNull();
			values.forEach((other, otherValue) -> assertThat(problem((rule) -> rule.type(type), otherValue))
				.as(type + " " + other)
				.matches((problem) -> other.equals(type) ? problem == null
						: problem != null && problem.endsWith(", expected type=" + type)));
		});
		assertThat(problem((rule) -> rule.type("number"), 5)).isNull();
		assertThat(problem((rule) -> rule.type("number"), 5.5)).isNull();
		assertThat(problem((rule) -> rule.type("number"), "5")).isEqualTo("is a text, expected type=number");
		assertThat(problem((rule) -> rule.type("STR"), "5")).isNull();
	}

	@Test
	void expressionSeesValueArgumentsAndState() {
		assertThat(problem((rule) -> rule.expression("value < domain.limit and other == 'x'"), 9)).isNull();
		assertThat(problem((rule) -> rule.expression("value < domain.limit"), 10))
			.isEqualTo("does not satisfy expression=value < domain.limit");
		assertThat(problem((rule) -> rule.expression("value in domain.names"), "a")).isNull();
		assertThat(problem((rule) -> rule.expression("domain.names[-1] == 'b'"), "a")).isNull();
		assertThat(problem((rule) -> rule.expression("domain.nothing == None"), "a")).isNull();
		assertThat(problem((rule) -> rule.expression("value + 1 > 0"), "secret"))
			.isEqualTo("does not satisfy expression=value + 1 > 0");
	}

	@Test
	void conditionDecidesWhetherTheRuleApplies() {
		assertThat(problem((rule) -> rule.max(5).condition("other == 'x'"), 9)).isEqualTo("is above max=5");
		assertThat(problem((rule) -> rule.max(5).condition("other == 'y'"), 9)).isNull();
		assertThat(problem((rule) -> rule.max(5).condition("domain.limit > 100"), 9)).isNull();
		for (int value : new int[] { 1, 9 }) {
			assertThat(problem((rule) -> rule.max(5).condition("other > 1"), value)).as("value %d", value)
				.isEqualTo("cannot be judged, condition=other > 1 cannot be evaluated");
		}
	}

	@Test
	void nothingIsCheckedByRequiredOnly() {
		Consumer<AuditRuleBuilder> all = (rule) -> rule.min(1)
			.eq(5)
			.neq(6)
			.in(List.of(7))
			.notIn(List.of(8))
			.minLen(9)
			.regex("a")
			.type("text")
			.expression("value > 5");
		assertThat(problem(all, null)).isNull();
		assertThat(problem(all, Optional.empty())).isNull();
		assertThat(problem((rule) -> rule.min(1).required(), null)).isEqualTo("is missing");
		assertThat(problem(AuditRuleBuilder::required, Optional.empty())).isEqualTo("is missing");
		assertThat(problem((rule) -> rule.min(1).required(), Optional.of(1))).isNull();
		assertThat(problem((rule) -> rule.min(2).required(), Optional.of(1))).isEqualTo("is below min=2");
	}

	@Test
	void firstCheckThatFailsIsReported() {
		assertThat(problem((rule) -> rule.max(5).regex("a"), 6)).isEqualTo("is above max=5");
		assertThat(problem((rule) -> rule.regex("a").max(5), 6)).isEqualTo("is an integer, and 'regex' needs a text");
	}

	@Test
	void checkIsGivenOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> problem((rule) -> rule.max(5).max(6), 6))
			.withMessage("rule about 'argument' has 'max' twice, use an expression for both");
	}

	private static @Nullable String problem(Consumer<AuditRuleBuilder> rule, @Nullable Object value) {
		AuditRecipe recipe = AuditRecipe.builder()
			.level(AuditLevel.COUNT)
			.process("process", (process) -> process.input("argument", rule))
			.build();
		AuditRules rules = new AuditRules();
		One process = new One();
		rules.enforce(List.of(recipe), process);
		ProcessAudit audit = rules.find("process");
		assertThat(audit).isNotNull();
		First findings = new First();
		audit.checkInputs(new Call(value), findings);
		return (findings.message != null) ? findings.message.substring("'argument' ".length()) : null;
	}

	private static final class First implements Findings {

		private @Nullable String message;

		@Override
		public void violated(Violation violation) {
			this.message = (this.message != null) ? this.message : violation.message();
		}

		@Override
		public boolean overruled(Violation violation) {
			throw new AssertionError("a call can be refused");
		}

		@Override
		public void kept(AuditRule rule) {
		}

	}

	private record Call(@Nullable Object value) implements AuditCall {

		@Override
		public @Nullable Object argument(int index) {
			return (index == 0) ? this.value : "x";
		}

		@Override
		public @Nullable Object read(Path path) {
			Object found = STATE.get(path.toString());
			return (found != null) ? found : StateTree.ABSENT;
		}

		@Override
		public PlaceholderValues placeholders() {
			return (placeholder) -> List.of("x");
		}

	}

	private static final class One implements AuditedProcesses, AuditedProcess {

		@Override
		public List<AuditedProcess> named(String name) {
			return List.of(this);
		}

		@Override
		public List<String> names() {
			return List.of(id());
		}

		@Override
		public String id() {
			return "process";
		}

		@Override
		public boolean isNamed(String text) {
			return text.equals(id());
		}

		@Override
		public List<AuditedParameter> parameters() {
			return List.of(new AuditedParameter("argument", Object.class, 0),
					new AuditedParameter("other", String.class, 1));
		}

		@Override
		public List<PathPattern> outputs() {
			return List.of();
		}

		@Override
		public Set<String> placeholders() {
			return Set.of("argument", "other");
		}

		@Override
		public List<String> calls() {
			return List.of();
		}

		@Override
		public boolean isStrict() {
			return true;
		}

	}

}
