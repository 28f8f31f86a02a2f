package io.theus.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExpressionTests {

	@Test
	void conditionsInTheStyleOfPythonWork() {
		Map<String, Object> domain = Map.of("x", true, "items", List.of(1), "order", Map.of("total", 101), "n", 10,
				"done", false, "tags", Set.of("a"));
		Scope scope = Scope.of(Map.of("domain", domain, "signal", Map.of("cmd_stop", true)));
		assertThat(List.of("domain['x'] == True and len(domain['items']) > 0", "signal.get('cmd_stop') == 'True'",
				"domain.order.total > 100", "0 < domain.n <= 10", "not domain['done']", "'a' in domain['tags']",
				"domain.get('missing') is None", "domain.get('retries', 0) < 3"))
			.allMatch((text) -> Expression.compile(text, Sample.ROOTS).test(scope));
	}

	@ParameterizedTest
	@MethodSource
	void referencesAreTheConstantChains(String text, List<String> references, List<String> names) {
		Expression expression = Expression.compile(text, Sample.ROOTS);
		assertThat(expression.references()).isEqualTo(references);
		assertThat(expression.names()).isEqualTo(names);
	}

	static Stream<Arguments> referencesAreTheConstantChains() {
		return Stream.of(Arguments.of("1 + 2", List.of(), List.of()),
				Arguments.of("domain", List.of("domain"), List.of("domain")),
				Arguments.of("domain.order.total > global['limit']", List.of("domain.order.total", "global.limit"),
						List.of("domain", "global")),
				Arguments.of("domain.orders[inputs.id].total", List.of("domain.orders", "inputs.id"),
						List.of("domain", "inputs")),
				Arguments.of("domain.get('a').b", List.of("domain.a.b"), List.of("domain")),
				Arguments.of("domain.get('a', inputs.x).b", List.of("domain.a", "inputs.x"),
						List.of("domain", "inputs")),
				Arguments.of("domain.prices['BRK.A'][\"it's\"].x", List.of("domain.prices['BRK.A']['it\\'s'].x"),
						List.of("domain")),
				Arguments.of("domain.list[0].sku + domain.list[-1].sku", List.of("domain.list[0].sku", "domain.list"),
						List.of("domain")),
				Arguments.of("len([item]) if not domain.a else -max(domain.b, domain.a)",
						List.of("item", "domain.a", "domain.b"), List.of("item", "domain")),
				Arguments.of("(domain.a or inputs).b", List.of("domain.a", "inputs"), List.of("domain", "inputs")));
	}

	@Test
	void textIsWithoutItsBraces() {
		assertThat(Expression.compile("#{ domain.a }", Sample.ROOTS).text()).isEqualTo(" domain.a ");
		assertThat(Expression.compile("domain.a", Sample.ROOTS)).hasToString("domain.a");
	}

	@Test
	void bracesAreOptionalAndPositionsCountThem() {
		assertThat(Expression.compile(" #{1 + 1}\n", Sample.ROOTS).evaluate((root) -> null)).isEqualTo(2L);
		assertThatExceptionOfType(ExpressionSyntaxException.class)
			.isThrownBy(() -> Expression.compile("#{foo}", Sample.ROOTS))
			.withMessageEndingWith("position=2\n#{foo}\n  ^");
	}

	@Test
	void scopeIsAskedForEachEvaluation() {
		Expression expression = Expression.compile("item + 1", Sample.ROOTS);
		assertThat(expression.evaluate((root) -> 1)).isEqualTo(2L);
		assertThat(expression.evaluate((root) -> 2)).isEqualTo(3L);
	}

	@Test
	void producedListsAreUnmodifiable() {
		for (String text : List.of("[1]", "[item]", "[1] + [2]")) {
			List<?> list = (List<?>) Expression.compile(text, Sample.ROOTS).evaluate((root) -> 1);
			assertThatExceptionOfType(UnsupportedOperationException.class).as(text).isThrownBy(list::clear);
		}
	}

}
