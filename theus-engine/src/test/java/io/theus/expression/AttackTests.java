package io.theus.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Expressions by people who mean harm. Each must be refused by the right exception, and
 * none may take long, whatever the values are.
 */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class AttackTests {

	@ParameterizedTest
	@ValueSource(strings = { "domain.getClass()", "domain.getClass().forName('java.lang.Runtime')", "''.getClass()",
			"''.class.forName('x')", "domain.order.secret()", "domain.order.total()", "domain.order.lines.clear()",
			"domain.clear()", "domain.put('a', 1)", "domain.order.toString()", "'a'.repeat(1000000000)",
			"'a'.toUpperCase()", "[1].stream()", "T(java.lang.Runtime).getRuntime().exec('id')", "T(java.lang.System)",
			"new java.io.File('x')", "new String('a')", "@bean", "&factory", "#root", "#this", "#domain = 1",
			"domain.n = 1", "domain.n == 1 = 2", "domain.n := 1", "domain.n += 1", "domain.n++", "domain['n'] = 1",
			"del domain", "domain.n--", "lambda x: x", "(lambda: 1)()", "[x for x in domain]", "{x}", "{'a': 1}",
			"{1, 2}", "domain.?[true]", "domain.![n]", "domain.^[true]", "domain?.n", "domain ?: 1", "'a' matches 'a'",
			"'a' =~ 'a'", "1 between {0, 2}", "1 instanceof T(Integer)", "2 ** 1000000", "2 ^ 100", "1 << 100", "~1",
			"__import__('os').system('id')", "__builtins__", "domain.__class__", "domain.__class__.__bases__",
			"domain.order.__dict__", "eval('1')", "exec('1')", "open('/etc/passwd')", "print(1)",
			"getattr(domain, 'n')", "globals()", "type(1)", "len.x", "len(x=1)", "len(*domain.list)", "f'{domain}'",
			"r'a'", "b'a'", "`id`", "'''a'''", "\"\"\"a\"\"\"", "${domain}", "$(id)", "domain.n; 1", "domain.n, 1",
			"1 if True", "import os", "domain->n", "domain::n", "domain\\n", "1 // 2 /* x */", "1 -- x", "# comment",
			"1 # comment", "yield 1", "await 1", "a and", "1 is", "not", "in", "((((", "))))", "[[[[", "'", "\"", "\\",
			"\u0000", "domain\u200B.n", "d\u043Emain.n", "domain.n \uFF1D 1", "\uFF44\uFF4F\uFF4D\uFF41\uFF49\uFF4E",
			"len\uFF0831\uFF09", "1\u00A0+\u00A01", "\u0661 + 1", "1 \u2212 1", "1 \u2260 2", "\u202Edomain",
			"\uFEFFdomain", "\uD83D\uDE00", "\uD83D", "domain.n\u0000", "'\\u'", "'\\N{DASH}'", "'\\x41'",
			"\u2018a\u2019", "domai\u0301n" })
	void isNoExpression(String text) {
		assertThatExceptionOfType(ExpressionSyntaxException.class)
			.isThrownBy(() -> Expression.compile(text, Sample.ROOTS))
			.withMessageStartingWith("invalid expression: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "'a' * 1000000000", "1000000000 * 'a'", "[1] * 1000000000", "'%1000000000d' % 1",
			"domain.order['class'].x.y < 1", "domain.text['class']", "domain.opaque.wait", "domain.text.bytes",
			"domain.status.declaringClass", "domain.id.mostSignificantBits", "domain.day.year", "(5).x" })
	void isNoEvaluation(String text) {
		assertThatExceptionOfType(ExpressionEvaluationException.class).isThrownBy(() -> Sample.evaluate(text))
			.withMessageStartingWith("cannot evaluate expression: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "domain.class", "domain['getClass']", "domain['__class__']", "domain.order['getClass']",
			"domain.order.hashCode", "domain.order['secret']", "domain.order.get('class')", "domain.orders.size",
			"domain.orders.keySet", "domain.orders.empty" })
	void whatLooksLikeAMemberOfAJavaObjectIsJustAnAbsentKey(String text) {
		assertThat(Sample.evaluate(text)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "(", "[", "-", "+", "!", "not ", "len(", "domain[", "domain.get(", "1 if 1 else ",
			"1 ? 1 : ", "1 ? ", "(1 or ", "min(1, ", "not (" })
	void deepNestingIsRefused(String text) {
		ExpressionLimits limits = new ExpressionLimits(1_000_000, 50, 1000, 1000, 1000, 1000);
		for (int times : new int[] { 51, 60_000 }) {
			assertThatExceptionOfType(ExpressionSyntaxException.class)
				.isThrownBy(() -> Expression.compile(text.repeat(times), Sample.ROOTS, limits))
				.withMessageStartingWith("invalid expression: the expression is nested too deeply, limit=50");
		}
	}

	@Test
	void nestingUpToTheLimitIsPossible() {
		assertThat(Sample.evaluate("(".repeat(49) + "1" + ")".repeat(49))).isEqualTo(1L);
		assertThat(Sample.evaluate("-".repeat(49) + "1")).isEqualTo(-1L);
	}

	@Test
	void longTextIsRefused() {
		String text = "1" + " ".repeat(9_999);
		assertThat(Sample.evaluate(text)).isEqualTo(1L);
		assertThatExceptionOfType(ExpressionSyntaxException.class).isThrownBy(() -> Sample.evaluate(text + " "))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo("the expression is too long, limit=10000 characters"))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(300));
		assertThatExceptionOfType(ExpressionSyntaxException.class)
			.isThrownBy(() -> Sample.evaluate("1 + ".repeat(10_000_000) + "1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "+1", "-1", "*2", "/2", "//2", "%2", "<2", "==1", " or 0", " and 1", ".a", "[0]",
			".get(0)", "+'a'", "+[1]" })
	void longChainsOfOperatorsDoNotOverflowTheStack(String tail) throws Exception {
		String text = (tail.contains("a'") ? "'a'"
				: tail.contains("[1]") ? "[1]" : tail.matches("[.\\[].*") ? "domain" : "1")
				+ tail.repeat(9_990 / tail.length());
		Thread thread = new Thread(null, () -> {
			try {
				Sample.evaluate(text);
			}
			catch (ExpressionEvaluationException ex) {
				assertThat(ex.problem()).contains("limit=");
			}
		}, "small stack", 256 * 1024);
		List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
		thread.setUncaughtExceptionHandler((ignored, ex) -> failures.add(ex));
		thread.start();
		thread.join();
		assertThat(failures).isEmpty();
	}

	@Test
	void operationsAreBounded() {
		List<Integer> numbers = IntStream.range(0, 100_001).boxed().toList();
		for (String call : List.of("sum", "max", "min", "all", "-1 in ", "contains", "== ")) {
			String text = switch (call) {
				case "-1 in " -> "-1 in item";
				case "contains" -> "contains(item, -1)";
				case "== " -> "item == payload";
				case "all" -> "any(item) and all(item + [1]) or all(payload)";
				default -> call + "(item)";
			};
			Scope scope = Scope.of(Map.of("item", numbers, "payload",
					call.equals("all") ? Collections.nCopies(100_001, 1) : new ArrayList<>(numbers)));
			assertThatExceptionOfType(ExpressionEvaluationException.class).as(text)
				.isThrownBy(() -> Expression.compile(text, Sample.ROOTS).evaluate(scope))
				.satisfies((ex) -> assertThat(ex.problem()).contains("limit="));
		}
	}

	@Test
	void budgetIsForEachEvaluation() {
		Scope scope = Scope.of(Map.of("item", Collections.nCopies(60_000, 1)));
		Expression once = Expression.compile("sum(item)", Sample.ROOTS);
		assertThat(once.evaluate(scope)).isEqualTo(60_000L);
		assertThat(once.evaluate(scope)).isEqualTo(60_000L);
		assertThatExceptionOfType(ExpressionEvaluationException.class)
			.isThrownBy(() -> Expression.compile("sum(item) + sum(item)", Sample.ROOTS).evaluate(scope))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo("'sum' takes too many operations, limit=100000"))
			.satisfies((ex) -> assertThat(ex.position()).isEqualTo(12));
	}

	@Test
	void textSearchIsBounded() {
		Scope scope = Scope.of(Map.of("item", "a".repeat(1_000_000), "payload", "a".repeat(500_000) + "b"));
		assertThatExceptionOfType(ExpressionEvaluationException.class)
			.isThrownBy(() -> Expression.compile("payload in item", Sample.ROOTS).evaluate(scope))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo("'in' takes too many operations, limit=100000"));
		assertThat(Expression.compile("'b' not in item", Sample.ROOTS).test(scope)).isTrue();
	}

	@Test
	void producedTextAndListsAreBounded() {
		Scope scope = Scope.of(Map.of("item", "a".repeat(50_001), "payload", Collections.nCopies(5_001, 1)));
		assertThatExceptionOfType(ExpressionEvaluationException.class)
			.isThrownBy(() -> Expression.compile("item + item", Sample.ROOTS).evaluate(scope))
			.satisfies((ex) -> assertThat(ex.problem())
				.isEqualTo("'+' makes a text that is too long, limit=100000 characters"));
		assertThatExceptionOfType(ExpressionEvaluationException.class)
			.isThrownBy(() -> Expression.compile("payload + payload", Sample.ROOTS).evaluate(scope))
			.satisfies((ex) -> assertThat(ex.problem())
				.isEqualTo("'+' makes a list that is too long, limit=10000 elements"));
		String growing = "payload" + " + [1]".repeat(1_600);
		assertThatExceptionOfType(ExpressionEvaluationException.class)
			.isThrownBy(() -> Expression.compile(growing, Sample.ROOTS).evaluate(scope))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo("'+' takes too many operations, limit=100000"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "item * item", "item + 1", "item - 1", "item // 3", "item % 7", "item / 3", "-item",
			"abs(item)", "int(item)", "float(item)", "round(item)", "round(item, 2)", "str(item)", "sum([item, 1])" })
	void hugeNumbersAreNotComputedWith(String text) {
		for (Object huge : List.of(BigInteger.ONE.shiftLeft(4_000), new BigDecimal("1e999999999"),
				new BigDecimal("1e-999999999"), new BigDecimal(BigInteger.TEN.pow(1_100).add(BigInteger.ONE), 500))) {
			assertThatExceptionOfType(ExpressionEvaluationException.class).as("%s", huge.getClass())
				.isThrownBy(() -> Expression.compile(text, Sample.ROOTS).evaluate((root) -> huge))
				.satisfies((ex) -> assertThat(ex.problem())
					.endsWith(" meets a number that is too long, limit=1000 digits"));
		}
	}

	@Test
	void hugeNumbersCanBeCompared() {
		Scope scope = Scope
			.of(Map.of("item", new BigDecimal("1e999999999"), "payload", new BigDecimal("1e-999999999")));
		assertThat(Expression
			.compile("item > 1e999 and payload < 1e-999 and item != payload and payload > 0", Sample.ROOTS)
			.test(scope)).isTrue();
	}

	@Test
	void repeatedMultiplicationIsBounded() {
		assertThatExceptionOfType(ExpressionEvaluationException.class)
			.isThrownBy(() -> Sample.evaluate("9" + "*9999999999".repeat(900)))
			.satisfies((ex) -> assertThat(ex.problem())
				.isEqualTo("'*' meets a number that is too long, limit=1000 digits"));
	}

	@Test
	void cyclesInValuesAreNotFollowedForever() {
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		List<Object> other = new ArrayList<>();
		other.add(other);
		Map<String, Object> map = new HashMap<>();
		map.put("a", map);
		Map<String, Object> otherMap = new HashMap<>();
		otherMap.put("a", otherMap);
		for (String text : List.of("item[0] == payload[0]", "item[1] == payload[1]")) {
			Scope scope = Scope.of(Map.of("item", List.of(cycle, map), "payload", List.of(other, otherMap)));
			assertThatExceptionOfType(ExpressionEvaluationException.class)
				.isThrownBy(() -> Expression.compile(text, Sample.ROOTS).evaluate(scope))
				.satisfies((ex) -> assertThat(ex.problem())
					.isEqualTo("'==' meets values that are nested too deeply, limit=50"));
		}
	}

	@Test
	void setsAreComparedWithinTheBudget() {
		Set<Object> numbers = new HashSet<>(IntStream.range(0, 2_000).boxed().toList());
		Set<Object> shifted = new HashSet<>(IntStream.range(1, 2_001).boxed().toList());
		Scope scope = Scope.of(Map.of("item", numbers, "payload", shifted));
		assertThatExceptionOfType(ExpressionEvaluationException.class)
			.isThrownBy(() -> Expression.compile("payload == item", Sample.ROOTS).evaluate(scope))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo("'==' takes too many operations, limit=100000"));
	}

	@Test
	void noiseIsRefusedOrEvaluatedButNeverBreaksTheLanguage() {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		List<String> words = List.of("domain", ".n", ".order", "['total']", "[0]", ".get(", "signal", "1", "0", "2.5",
				"'a'", "None", "True", "+", "-", "*", "/", "//", "%", "==", "<", " in ", " not ", " is ", " and ",
				" or ", " if ", " else ", "?", ":", "(", ")", "[", "]", ",", "!", "len(", "max(", "round(", "'", "\\",
				"#", "{", "}", "=", "\u00e4");
		int evaluated = 0;
		for (int round = 0; round < 100_000; round++) {
			StringBuilder text = new StringBuilder();
			for (int count = 1 + random.nextInt(8); count > 0; count--) {
				text.append(words.get(random.nextInt(words.size())));
			}
			try {
				Sample.evaluate(text.toString());
				evaluated++;
			}
			catch (ExpressionException ex) {
				assertThat(ex.position()).isBetween(0, text.length());
			}
			catch (RuntimeException | StackOverflowError ex) {
				throw new AssertionError("seed=" + seed + ", expression: " + text, ex);
			}
		}
		assertThat(evaluated).as("seed=%s", seed).isGreaterThan(100);
	}

}
