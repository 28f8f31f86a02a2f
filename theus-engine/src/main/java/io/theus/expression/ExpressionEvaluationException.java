package io.theus.expression;

import org.jspecify.annotations.Nullable;

/**
 * An expression whose values do not fit its operators, or that exceeds a bound while it
 * is evaluated. The message begins with {@code cannot evaluate expression} and shows the
 * values.
 *
 * @since 0.1.0
 */
public final class ExpressionEvaluationException extends ExpressionException {

	ExpressionEvaluationException(String expression, int position, String problem, @Nullable Throwable cause) {
		super("cannot evaluate expression", expression, position, problem, cause);
	}

}
