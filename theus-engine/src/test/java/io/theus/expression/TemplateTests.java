package io.theus.expression;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TemplateTests {

	@ParameterizedTest
	@MethodSource
	void templateHasValue(String text, Object value) {
		assertThat(evaluate(text)).isEqualTo(value);
	}

	static Stream<Arguments> templateHasValue() {
		return Stream.of(Arguments.of("plain", "plain"), Arguments.of("", ""), Arguments.of("#{domain.n}", 7),
				Arguments.of("#{domain.order}", Sample.ORDER), Arguments.of("#{domain.nope}", null),
				Arguments.of("order-#{inputs.id}", "order-o-1"), Arguments.of("#{inputs.id} ", "o-1 "),
				Arguments.of("#{1}#{2}", "12"), Arguments.of("a#{1.50}b#{True}c#{domain.status}", "a1.50bTruecNEW"),
				Arguments.of("#{'}'}", "}"), Arguments.of("<#{\"}\" + '\\'}'}>", "<}'}>"),
				Arguments.of("#{'#{'}x", "#{x"), Arguments.of("# {1} $ {} }", "# {1} $ {} }"),
				Arguments.of("${x} #{1}", "${x} 1"));
	}

	@Test
	void expressionsAreListedInOrder() {
		Template template = Template.compile("a #{domain.a} b #{inputs.b}", Sample.ROOTS);
		assertThat(template.expressions()).extracting(Expression::references)
			.containsExactly(List.of("domain.a"), List.of("inputs.b"));
		assertThat(template.text()).isEqualTo("a #{domain.a} b #{inputs.b}");
		assertThat(Template.compile("a", Sample.ROOTS).expressions()).isEmpty();
	}

	@Test
	void absentValueInTheMiddleOfTextIsAnError() {
		assertThatExceptionOfType(ExpressionEvaluationException.class).isThrownBy(() -> evaluate("a-#{domain.nope}"))
			.withMessage(
					"cannot evaluate expression: 'domain.nope' is absent and cannot be part of a text, give a default"
							+ " with get(key, default): position=4\na-#{domain.nope}\n    ^");
	}

	@Test
	void valueWithoutTextFormInTheMiddleOfTextIsAnError() {
		assertThatExceptionOfType(ExpressionEvaluationException.class).isThrownBy(() -> evaluate("a-#{domain.list}"))
			.withMessageStartingWith(
					"cannot evaluate expression: '#{}' needs a single value, value=list of 3: position=4");
	}

	@Test
	void positionsAreThoseInTheTemplate() {
		assertThatExceptionOfType(ExpressionSyntaxException.class)
			.isThrownBy(() -> Template.compile("a #{1} b #{2 + foo}", Sample.ROOTS))
			.satisfies((ex) -> assertThat(ex.position()).isEqualTo(15))
			.withMessageEndingWith("\na #{1} b #{2 + foo}\n               ^");
		assertThatExceptionOfType(ExpressionEvaluationException.class).isThrownBy(() -> evaluate("a #{1 / 0} b"))
			.satisfies((ex) -> assertThat(ex.position()).isEqualTo(6))
			.satisfies((ex) -> assertThat(ex.expression()).isEqualTo("a #{1 / 0} b"));
	}

	@Test
	void expressionThatIsNotClosedIsAnError() {
		assertThatExceptionOfType(ExpressionSyntaxException.class)
			.isThrownBy(() -> Template.compile("a #{1", Sample.ROOTS))
			.withMessage("invalid expression: '#{' is not closed, a '}' is missing: position=2\na #{1\n  ^");
		assertThatExceptionOfType(ExpressionSyntaxException.class)
			.isThrownBy(() -> Template.compile("a #{'x}", Sample.ROOTS))
			.withMessageStartingWith("invalid expression: '#{' is not closed, a '}' or a quote is missing: position=2");
		assertThatExceptionOfType(ExpressionSyntaxException.class)
			.isThrownBy(() -> Template.compile("#{}", Sample.ROOTS))
			.withMessageStartingWith("invalid expression: the expression is empty: position=2");
	}

	@Test
	void lengthOfTheTextIsBounded() {
		ExpressionLimits limits = new ExpressionLimits(100, 10, 1000, 10, 10, 10);
		Template template = Template.compile("12345#{item}", Sample.ROOTS, limits);
		assertThat(template.evaluate((root) -> "67890")).isEqualTo("1234567890");
		assertThatExceptionOfType(ExpressionEvaluationException.class)
			.isThrownBy(() -> template.evaluate((root) -> "67890x"))
			.satisfies((ex) -> assertThat(ex.problem())
				.isEqualTo("'#{}' makes a text that is too long, limit=10 characters"));
	}

	private static Object evaluate(String text) {
		return Template.compile(text, Sample.ROOTS).evaluate(Scope.of(Sample.values()));
	}

}
