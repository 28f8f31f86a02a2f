package io.theus.expression;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An operator or function where it stands, for error messages.
 *
 * @param source the expression
 * @param position where the operator or function stands
 * @param symbol how it is written
 * @param operands what it is applied to
 */
record Site(Source source, int position, String symbol, List<Syntax> operands) {

	String name() {
		return "'" + this.symbol + "'";
	}

	ExpressionEvaluationException failed(String problem) {
		return this.source.failed(this.position, problem, null);
	}

	// Returns the site for elements of the operands, of which nobody knows where they
	// came from.
	Site inside() {
		return new Site(this.source, this.position, this.symbol, List.of());
	}

	/**
	 * Create the exception about a value of the wrong kind.
	 * @param needs what kind of value is needed
	 * @param value what was found
	 * @return the exception
	 */
	ExpressionEvaluationException mismatch(String needs, @Nullable Object value) {
		return failed(name() + " needs " + needs + ", value=" + Values.describe(value) + advice(0, value));
	}

	/**
	 * Create the exception about two operands that do not fit.
	 * @param needs what kind of values are needed
	 * @param left the left value
	 * @param right the right value
	 * @return the exception
	 */
	ExpressionEvaluationException mismatch(String needs, @Nullable Object left, @Nullable Object right) {
		String advice = advice(0, left);
		return failed(name() + " needs " + needs + ", left=" + Values.describe(left) + ", right="
				+ Values.describe(right) + (advice.isEmpty() ? advice(1, right) : advice));
	}

	private String advice(int operand, @Nullable Object value) {
		return (value != null || operand >= this.operands.size()) ? ""
				: ", " + this.source.quoted(this.operands.get(operand))
						+ " is absent, compare it with None first or read it with get(key, default)";
	}

}
