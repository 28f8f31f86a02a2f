package io.theus.audit.recipe;

import org.jspecify.annotations.Nullable;

import io.theus.expression.ExpressionEvaluationException;
import io.theus.expression.Relations;

/**
 * A value is, or is not, a certain one.
 *
 * @param equal whether it is to be
 * @param operand the value
 */
record EqualityCheck(boolean equal, Object operand) implements Check {

	@Override
	public String key() {
		return this.equal ? "eq" : "neq";
	}

	@Override
	public boolean holds(Object value, @Nullable ValueScope scope) {
		try {
			return Relations.areEqual(value, this.operand) == this.equal;
		}
		catch (ExpressionEvaluationException ex) {
			return false;
		}
	}

	@Override
	public String problem(Object value) {
		return this.equal ? "is another value than eq=" + ValueKinds.show(this.operand)
				: "is the value neq=" + ValueKinds.show(this.operand);
	}

}
