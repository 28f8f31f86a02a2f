package io.theus.expression;

import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ErrorTests {

	private static final String KNOWN = ", known=[cmd, domain, global, inputs, item, meta, payload, results, run, signal]";

	private static final String FUNCTIONS = ", known=[len, int, float, str, bool, abs, min, max, sum, contains, round, any, all]";

	private static final String ORDERED = " needs two numbers, two texts or two times of one type";

	private static final String ADDED = "'+' needs two numbers, two texts or two lists";

	private static final String ADVICE = " is absent, compare it with None first or read it with get(key, default)";

	@Test
	void syntaxErrorShowsTheExpressionWithACaret() {
		ExpressionSyntaxException ex = catchThrowableOfType(ExpressionSyntaxException.class,
				() -> Expression.compile("domain.a > 0 and domian.b", Sample.ROOTS));
		assertThat(ex).hasMessage("invalid expression: unknown name 'domian', did you mean 'domain'" + KNOWN
				+ ": position=17\ndomain.a > 0 and domian.b\n                 ^");
		assertThat(ex.expression()).isEqualTo("domain.a > 0 and domian.b");
		assertThat(ex.position()).isEqualTo(17);
		assertThat(ex.problem()).isEqualTo("unknown name 'domian', did you mean 'domain'" + KNOWN);
	}

	@Test
	void evaluationErrorShowsTheExpressionWithItsValues() {
		ExpressionEvaluationException ex = catchThrowableOfType(ExpressionEvaluationException.class,
				() -> Sample.evaluate("domain.nope.total > 100"));
		assertThat(ex)
			.hasMessage("cannot evaluate expression: '>'" + ORDERED + ", left=None, right=integer, 'domain.nope.total'"
					+ ADVICE + ": position=18\ndomain.nope.total > 100\n                  ^");
		assertThat(ex.expression()).isEqualTo("domain.nope.total > 100");
		assertThat(ex.position()).isEqualTo(18);
	}

	@ParameterizedTest
	@MethodSource
	void expressionIsInvalid(String text, int position, String problem) {
		ExpressionSyntaxException ex = catchThrowableOfType(ExpressionSyntaxException.class,
				() -> Expression.compile(text, Sample.ROOTS));
		assertThat(ex).as("is refused").isNotNull();
		assertThat(ex.problem()).isEqualTo(problem);
		assertThat(ex.position()).isEqualTo(position);
	}

	static Stream<Arguments> expressionIsInvalid() {
		return Stream.of(Arguments.of("", 0, "the expression is empty"),
				Arguments.of("  ", 2, "the expression is empty"), Arguments.of("#{}", 2, "the expression is empty"),
				Arguments.of("1 +", 3, "expected a value, found the end of the expression"),
				Arguments.of("1 2", 2, "expected an operator or the end, found '2'"),
				Arguments.of("'a' 'b'", 4, "expected an operator or the end, found ''b''"),
				Arguments.of("1 and and 2", 6, "expected a value, found 'and'"),
				Arguments.of("1 == not 2", 5, "expected a value, found 'not'"),
				Arguments.of("1 not 2", 2, "expected an operator or the end, found 'not'"),
				Arguments.of("1 if 2", 6, "expected 'else', found the end of the expression"),
				Arguments.of("1 ? 2", 5, "expected ':', found the end of the expression"),
				Arguments.of("1 ?: 2", 3, "expected a value, found ':'"),
				Arguments.of("(1", 2, "expected ')', found the end of the expression"),
				Arguments.of("(1, 2)", 2, "there are no tuples, write a list in brackets"),
				Arguments.of("()", 1, "expected a value, found ')'"),
				Arguments.of("[1 2]", 3, "expected ',' or ']', found '2'"),
				Arguments.of("[1:2]", 2, "expected ',' or ']', found ':'"),
				Arguments.of("[,]", 1, "expected a value, found ','"),
				Arguments.of("domain.", 7, "expected a name, found the end of the expression"),
				Arguments.of("domain.5", 6, "expected an operator or the end, found '.5'"),
				Arguments.of("domain[1", 8, "expected ']', found the end of the expression"),
				Arguments.of("domain[1:2]", 8, "expected ']', found ':'"),
				Arguments.of("domain?.x", 7, "expected a value, found '.'"),
				Arguments.of("'abc", 0, "the text is not closed, a quote ' is missing"),
				Arguments.of("1 + \"abc", 4, "the text is not closed, a quote \" is missing"),
				Arguments.of("'a\\", 2,
						"unknown escape, possible are \\\\ \\' \\\" \\n \\r \\t and \\u with four hexadecimal digits"),
				Arguments.of("'a\\x'", 2,
						"unknown escape, possible are \\\\ \\' \\\" \\n \\r \\t and \\u with four hexadecimal digits"),
				Arguments.of("'\\u00g0'", 1, "\\u must be followed by four hexadecimal digits"),
				Arguments.of("1x", 1, "a number must be followed by an operator or a space"),
				Arguments.of("1_000", 1, "a number must be followed by an operator or a space"),
				Arguments.of("100L", 3, "a number must be followed by an operator or a space"),
				Arguments.of("1e5000", 0, "the number is too long, limit=1000 digits"),
				Arguments.of("1e99999999999", 0, "the number is too long, limit=1000 digits"),
				Arguments.of("1".repeat(1001), 0, "the number is too long, limit=1000 digits"),
				Arguments.of("domain.a = 1", 9, "assignment is not possible, compare with '=='"),
				Arguments.of("domain.a := 1", 10, "assignment is not possible, compare with '=='"),
				Arguments.of("1 & 2", 2, "'&' is not an operator, write 'and'"),
				Arguments.of("1 | 2", 2, "'|' is not an operator, write 'or'"),
				Arguments.of("2 ** 3", 3, "expected a value, found '*'"),
				Arguments.of("@bean", 0, "beans cannot be reached"),
				Arguments.of("#root", 0, "variables do not begin with '#', write the name alone"),
				Arguments.of("{'a': 1}", 0, "maps cannot be written, and a list stands in brackets"),
				Arguments.of("1 }", 2, "'}' has no meaning here"),
				Arguments.of("1; 2", 1, "only one expression is possible"),
				Arguments.of("$x", 0, "character U+0024 has no meaning here"),
				Arguments.of("1 ~ 2", 2, "character U+007E has no meaning here"),
				Arguments.of("foo", 0, "unknown name 'foo'" + KNOWN),
				Arguments.of("Domain", 0, "unknown name 'Domain', did you mean 'domain'" + KNOWN),
				Arguments.of("foo(1)", 0, "unknown function 'foo'" + FUNCTIONS),
				Arguments.of("size([])", 0, "unknown function 'size'" + FUNCTIONS),
				Arguments.of("lne([])", 0, "unknown function 'lne', did you mean 'len'" + FUNCTIONS),
				Arguments.of("len", 0, "unknown name 'len'" + KNOWN),
				Arguments.of("len()", 0, "function 'len' takes 1 argument, found 0 arguments"),
				Arguments.of("round(1, 2, 3)", 0,
						"function 'round' takes a number and perhaps the digits after the point, found 3 arguments"),
				Arguments.of("min()", 0, "function 'min' takes a list or several values, found 0 arguments"),
				Arguments.of("domain.items()", 7,
						"'items' cannot be called, there are no methods except get(key) and get(key, default)"),
				Arguments.of("domain.get()", 7, "'get' takes a key and perhaps a default, found 0 arguments"),
				Arguments.of("domain.get('a', 1, 2)", 7, "'get' takes a key and perhaps a default, found 3 arguments"),
				Arguments.of("domain.__class__", 7, "names that begin with '__' cannot be reached"));
	}

	@ParameterizedTest
	@MethodSource
	void expressionCannotBeEvaluated(String text, int position, String problem) {
		ExpressionEvaluationException ex = catchThrowableOfType(ExpressionEvaluationException.class,
				() -> Sample.evaluate(text));
		assertThat(ex).as("is refused").isNotNull();
		assertThat(ex.problem()).isEqualTo(problem);
		assertThat(ex.position()).isEqualTo(position);
	}

	static Stream<Arguments> expressionCannotBeEvaluated() {
		return Stream.of(Arguments.of("None < 1", 5, "'<'" + ORDERED + ", left=None, right=integer, 'None'" + ADVICE),
				Arguments.of("1 >= domain.nope", 2,
						"'>='" + ORDERED + ", left=integer, right=None, 'domain.nope'" + ADVICE),
				Arguments.of("0 < domain.nope <= 10", 2,
						"'<'" + ORDERED + ", left=integer, right=None, 'domain.nope'" + ADVICE),
				Arguments.of("0 < 5 < domain.nope", 6,
						"'<'" + ORDERED + ", left=integer, right=None, 'domain.nope'" + ADVICE),
				Arguments.of("1 < 'a'", 2, "'<'" + ORDERED + ", left=integer, right=text of 1"),
				Arguments.of("True < 1", 5, "'<'" + ORDERED + ", left=True, right=integer"),
				Arguments.of("domain.status < 'PAID'", 14, "'<'" + ORDERED + ", left=Status, right=text of 4"),
				Arguments.of("domain.day < domain.time", 11, "'<'" + ORDERED + ", left=LocalDate, right=Instant"),
				Arguments.of("[1] < [2]", 4, "'<'" + ORDERED + ", left=list of 1, right=list of 1"),
				Arguments.of("domain < domain.set", 7, "'<'" + ORDERED + ", left=map of 30, right=set of 2"),
				Arguments.of("domain.order > domain.opaque", 13, "'>'" + ORDERED + ", left=Order, right=Object"),
				Arguments.of("domain.nope + 1", 12, ADDED + ", left=None, right=integer, 'domain.nope'" + ADVICE),
				Arguments.of("1 + 2 + domain.nope", 6, ADDED + ", left=integer, right=None, 'domain.nope'" + ADVICE),
				Arguments.of("domain.nope + 1 + 2", 12, ADDED + ", left=None, right=integer, 'domain.nope'" + ADVICE),
				Arguments.of("'a' + 1", 4, ADDED + ", convert with str(...), left=text of 1, right=integer"),
				Arguments.of("'a' * 3", 4, "'*' needs two numbers, left=text of 1, right=integer"),
				Arguments.of("[1] * 3", 4, "'*' needs two numbers, left=list of 1, right=integer"),
				Arguments.of("'%s' % 3", 5, "'%' needs two numbers, left=text of 2, right=integer"),
				Arguments.of("True + 1", 5, ADDED + ", left=True, right=integer"),
				Arguments.of("-'a'", 0, "'-' needs a number, value=text of 1"),
				Arguments.of("-domain.nope", 0, "'-' needs a number, value=None, 'domain.nope'" + ADVICE),
				Arguments.of("1 / 0", 2, "'/' divides by zero, left=number"),
				Arguments.of("1 // 0.0", 2, "'//' divides by zero, left=number"),
				Arguments.of("domain.big % 0", 11, "'%' divides by zero, left=integer"),
				Arguments.of("7 % 0", 2, "'%' divides by zero, left=integer"),
				Arguments.of("domain.nan + 1", 11, "'+' needs finite numbers, value=NaN"),
				Arguments.of("domain.infinite * 0", 16, "'*' needs finite numbers, value=Infinity"),
				Arguments.of("1 in domain.nope", 2,
						"'in' needs a list, set or map, or a text in a text, left=integer, right=None, 'domain.nope'"
								+ ADVICE),
				Arguments.of("1 in 'a1'", 2,
						"'in' needs a list, set or map, or a text in a text, left=integer, right=text of 2"),
				Arguments.of("None in 'a'", 5,
						"'in' needs a list, set or map, or a text in a text, left=None, right=text of 1, 'None'"
								+ ADVICE),
				Arguments.of("1.5 in domain", 4, "'in' needs text or an integer as key, value=number"),
				Arguments.of("contains(5, 5)", 0,
						"'contains' needs a list, set or map, or a text in a text, left=integer, right=integer"),
				Arguments.of("len(domain.nope)", 0,
						"'len' needs a text, list, set or map, value=None, 'domain.nope'" + ADVICE),
				Arguments.of("len(5)", 0, "'len' needs a text, list, set or map, value=integer"),
				Arguments.of("len(domain.order)", 0, "'len' needs a text, list, set or map, value=Order"),
				Arguments.of("int('1.5')", 0, "'int' needs a number or the text of an integer, value=text of 3"),
				Arguments.of("int('0x1')", 0, "'int' needs a number or the text of an integer, value=text of 3"),
				Arguments.of("int(None)", 0,
						"'int' needs a number or the text of an integer, value=None, 'None'" + ADVICE),
				Arguments.of("int(domain.nan)", 0, "'int' needs finite numbers, value=NaN"),
				Arguments.of("float('nan')", 0, "'float' needs a number or the text of a number, value=text of 3"),
				Arguments.of("float('1e9999')", 0, "'float' needs a number or the text of a number, value=text of 6"),
				Arguments.of("str([1])", 0, "'str' needs a single value, value=list of 1"),
				Arguments.of("abs('a')", 0, "'abs' needs a number, value=text of 1"),
				Arguments.of("min([])", 0, "'min' needs at least one element, the list is empty"),
				Arguments.of("max(1, 'a')", 0, "'max'" + ORDERED + ", left=text of 1, right=integer"),
				Arguments.of("max(domain.holes)", 0, "'max'" + ORDERED + ", left=None, right=integer"),
				Arguments.of("max(5)", 0, "'max' needs a list or a set, value=integer"),
				Arguments.of("sum('a')", 0, "'sum' needs a list or a set, value=text of 1"),
				Arguments.of("sum(domain.holes)", 0, "'sum' needs a list of numbers, element=None"),
				Arguments.of("sum([True])", 0, "'sum' needs a list of numbers, element=True"),
				Arguments.of("any(domain)", 0, "'any' needs a list or a set, value=map of 30"),
				Arguments.of("round('a')", 0, "'round' needs a number, value=text of 1"),
				Arguments.of("round(1, 1001)", 0,
						"'round' needs an integer of at most 1000 as its second argument, value=integer"),
				Arguments.of("round(1, -9223372036854775808)", 0,
						"'round' needs an integer of at most 1000 as its second argument, value=integer"),
				Arguments.of("domain.text.length", 12,
						"only maps, lists and records have members, value=text of 3, key=text of 6"),
				Arguments.of("'a'.b", 4, "only maps, lists and records have members, value=text of 1, key=text of 1"),
				Arguments.of("domain.set[0]", 10,
						"only maps, lists and records have members, value=set of 2, key=integer"),
				Arguments.of("domain.list.size", 12, "a list is entered by an integer, key=text of 4"),
				Arguments.of("domain.orders[inputs.nope]", 13,
						"'[]' needs text or an integer as key, value=None, 'inputs.nope'" + ADVICE),
				Arguments.of("domain.orders[1.5]", 13, "'[]' needs text or an integer as key, value=number"),
				Arguments.of("domain[True]", 6, "'[]' needs text or an integer as key, value=True"),
				Arguments.of("domain[[1]]", 6, "'[]' needs text or an integer as key, value=list of 1"));
	}

	@Test
	void longOperandsAreCutInMessages() {
		String key = "k".repeat(200);
		assertThatExceptionOfType(ExpressionEvaluationException.class)
			.isThrownBy(() -> Sample.evaluate("domain." + key + " > '" + "v".repeat(300) + "'"))
			.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(
					"'>'" + ORDERED + ", left=None, right=text of 300, 'domain." + "k".repeat(33) + "...'" + ADVICE))
			.satisfies((ex) -> assertThat(ex.getMessage().lines()).hasSize(3).allMatch((line) -> line.length() < 300));
	}

	@Test
	void rootMustBeAName() {
		for (String root : Set.of("a b", "", "1a", "not", "True", "a.b", "$x", "is", "null")) {
			assertThat(Expression.isName(root)).as(root).isFalse();
			assertThatIllegalArgumentException().isThrownBy(() -> Expression.compile("1", Set.of(root)))
				.withMessage("'" + root + "' cannot be the name of a value");
		}
		for (String root : Set.of("line", "len", "_x", "größe", "isNew", "get")) {
			assertThat(Expression.compile(root + " == 1", Set.of(root)).test((name) -> 1)).as(root).isTrue();
		}
	}

}
