package io.theus.audit.recipe;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.expression.ExpressionEvaluationException;
import io.theus.expression.Relations;

/**
 * A value is, or is not, one of several.
 */
final class MembershipCheck implements Check {

	private final boolean member;

	private final List<Object> values;

	private final Set<String> texts = new HashSet<>();

	private final Object[] others;

	MembershipCheck(boolean member, List<Object> values) {
		this.member = member;
		this.values = List.copyOf(values);
		this.values.stream().filter(String.class::isInstance).forEach((text) -> this.texts.add((String) text));
		this.others = this.values.stream().filter((value) -> !(value instanceof String)).toArray();
	}

	@Override
	public String key() {
		return this.member ? "in" : "not-in";
	}

	@Override
	public Object operand() {
		return this.values;
	}

	@Override
	public boolean holds(Object value, @Nullable ValueScope scope) {
		try {
			return contains(value) == this.member;
		}
		catch (ExpressionEvaluationException ex) {
			return false;
		}
	}

	private boolean contains(Object value) {
		String text = Relations.text(value);
		if (text != null && this.texts.contains(text)) {
			return true;
		}
		for (Object other : this.others) {
			if (Relations.areEqual(value, other)) {
				return true;
			}
		}
		return false;
	}

	@Override
	public String problem(Object value) {
		return "is %s of %s=%s".formatted(this.member ? "none" : "one", key(), ValueKinds.show(this.values));
	}

}
