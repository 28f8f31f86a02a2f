package io.theus.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemberTests {

	@ParameterizedTest
	@MethodSource
	void memberHasValue(String text, Object value) {
		assertThat(Sample.evaluate(text)).isEqualTo(value);
	}

	static Stream<Arguments> memberHasValue() {
		BigDecimal total = Sample.ORDER.total();
		return Stream.of(Arguments.of("domain.n", 7), Arguments.of("domain['n']", 7),
				Arguments.of("domain.get('n')", 7), Arguments.of("domain.order.total", total),
				Arguments.of("domain['order']['total']", total), Arguments.of("domain.order[inputs.key]", total),
				Arguments.of("domain.order.get('total', 0)", total),
				Arguments.of("domain.orders[inputs.id].total", total), Arguments.of("domain.orders['o-1'].id", "o-1"),
				Arguments.of("domain.orders[5]", "five"), Arguments.of("domain.orders[inputs.n]", "five"),
				Arguments.of("domain.list[0]", 10), Arguments.of("domain.list[-1]", 30),
				Arguments.of("domain.list[inputs.n - 4]", 20), Arguments.of("domain.list[3]", null),
				Arguments.of("domain.list[-4]", null), Arguments.of("domain.list[9999999999]", null),
				Arguments.of("domain.list.get(7, 'none')", "none"), Arguments.of("domain.order.lines[1].sku", "ink"),
				Arguments.of("domain.order.customer.name", "Ann"), Arguments.of("domain.order.customer.phone", null),
				Arguments.of("domain.order.customer.phone.prefix", null), Arguments.of("domain.order.nope", null),
				Arguments.of("domain.order.secret", null), Arguments.of("domain.order.get('nope', 1)", 1L),
				Arguments.of("domain.nope", null), Arguments.of("domain.nope.deeper['x'][0]", null),
				Arguments.of("domain.nothing", null), Arguments.of("domain.get('nothing', 1)", 1L),
				Arguments.of("domain.get('nope')", null), Arguments.of("domain.get('nope', 1)", 1L),
				Arguments.of("domain.get('nope', domain).n", 7), Arguments.of("domain.no", false),
				Arguments.of("domain.get('no', True)", false), Arguments.of("run", null), Arguments.of("run.id", null),
				Arguments.of("item", 42L), Arguments.of("[1, 2][1]", 2L), Arguments.of("[domain.order][0].count", 3),
				Arguments.of("(domain.order if True else None).count", 3), Arguments.of("domain.get", null),
				Arguments.of("domain.in", null), Arguments.of("domain\n .order\n .count", 3));
	}

	@Test
	void mapWithOtherKeysHasNoMember() {
		Scope scope = Scope.of(Map.of("item", new TreeMap<>(Map.of(1, "x"))));
		assertThat(Expression.compile("item.a", Sample.ROOTS).evaluate(scope)).isNull();
		assertThat(Expression.compile("'a' in item", Sample.ROOTS).evaluate(scope)).isEqualTo(false);
	}

	@Test
	void privateRecordIsReadByItsComponents() {
		Scope scope = Scope.of(Map.of("item", new Hidden(5)));
		assertThat(Expression.compile("item.value + 1", Sample.ROOTS).evaluate(scope)).isEqualTo(6L);
	}

	@Test
	void recordWhoseAccessorFailsIsReportedWithItsCause() {
		Scope scope = Scope.of(Map.of("item", new Broken(5)));
		assertThatExceptionOfType(ExpressionEvaluationException.class)
			.isThrownBy(() -> Expression.compile("item.value", Sample.ROOTS).evaluate(scope))
			.withMessage("cannot evaluate expression: component 'value' of record 'Broken' cannot be read: position=5\n"
					+ "item.value\n     ^")
			.withCauseInstanceOf(UnsupportedOperationException.class);
	}

	@Test
	void navigableIsEnteredMemberByMember() {
		List<String> touched = new ArrayList<>();
		Scope scope = (root) -> new Node(root, touched);
		assertThat(Expression.compile("domain.orders[inputs.id].total > 100", Sample.ROOTS).test(scope)).isTrue();
		assertThat(touched).containsExactly("inputs.id", "domain.orders.value of inputs.id.total");
	}

	@Test
	void navigableIsAskedForItsValueWhereverAValueIsNeeded() {
		for (String text : List.of("domain.a", "[domain.a]", "domain.a == 1", "len(str(domain.a))", "not domain.a",
				"domain.a or 1", "domain.a if True else 2", "domain.get('a', 5)", "-(domain.a == 1 ? 1 : 2)")) {
			List<String> touched = new ArrayList<>();
			Scope scope = (root) -> new Node(root, touched);
			assertThat(Expression.compile(text, Sample.ROOTS).evaluate(scope)).isNotInstanceOf(Navigable.class);
			assertThat(touched).as(text).containsExactly("domain.a");
		}
	}

	@Test
	void navigableGetsIntegersAsLongAndOtherKeysAsText() {
		List<Object> keys = new ArrayList<>();
		Navigable navigable = new Navigable() {

			@Override
			public Object member(Object key) {
				keys.add(key);
				return this;
			}

			@Override
			public Object value() {
				return null;
			}

		};
		Scope scope = (root) -> root.equals("domain") ? navigable : Sample.values().get("domain");
		Expression.compile("domain.a[1][-1]", Sample.ROOTS).evaluate(scope);
		Expression.compile("domain[item.n][item.status][item.id][item.big]", Sample.ROOTS).evaluate(scope);
		assertThat(keys).containsExactly("a", 1L, -1L, 7L, "NEW", Sample.ID.toString(), "9223372036854775808");
	}

	@Test
	void whatTheScopeThrowsIsPassedOn() {
		IllegalStateException refused = new IllegalStateException("refused");
		Expression expression = Expression.compile("domain.a", Sample.ROOTS);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> expression.evaluate((root) -> {
			throw refused;
		})).isSameAs(refused);
	}

	/**
	 * A record nobody else sees.
	 *
	 * @param value a value
	 */
	private record Hidden(int value) {

	}

	/**
	 * A record with an accessor that fails.
	 *
	 * @param value a value
	 */
	record Broken(int value) {

		@Override
		public int value() {
			throw new UnsupportedOperationException();
		}

	}

	/**
	 * A state view that writes down what is read.
	 *
	 * @param path its path
	 * @param touched paths that were read
	 */
	private record Node(String path, List<String> touched) implements Navigable {

		@Override
		public Object member(Object key) {
			return new Node(this.path + "." + key, this.touched);
		}

		@Override
		public Object value() {
			this.touched.add(this.path);
			return this.path.endsWith(".total") ? (Object) new BigDecimal("100.01") : "value of " + this.path;
		}

	}

}
