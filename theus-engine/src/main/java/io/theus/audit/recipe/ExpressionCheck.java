package io.theus.audit.recipe;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * An expression about a value holds.
 *
 * @param source how it is written
 * @param formula the compiled expression, {@code null} before the process is known
 */
record ExpressionCheck(RecipeText source, @Nullable Formula formula) implements Check {

	@Override
	public String key() {
		return "expression";
	}

	@Override
	public Object operand() {
		return this.source.text();
	}

	@Override
	public boolean needsScope() {
		return true;
	}

	@Override
	public Check bind(Set<String> names) {
		Set<String> all = new HashSet<>(names);
		all.add(ValueScope.VALUE);
		return new ExpressionCheck(this.source, Formula.compile(this.source, all));
	}

	@Override
	public boolean holds(Object value, @Nullable ValueScope scope) {
		return Boolean.TRUE.equals(Objects.requireNonNull(this.formula).test(Objects.requireNonNull(scope).of(value)));
	}

	@Override
	public String problem(Object value) {
		return "does not satisfy expression=%s".formatted(this.source.text());
	}

}
