package io.theus.expression;

/**
 * An expression that is not part of the language, uses a name that does not exist, or
 * exceeds a bound before it is evaluated. The message begins with
 * {@code invalid expression}.
 *
 * @since 0.1.0
 */
public final class ExpressionSyntaxException extends ExpressionException {

	ExpressionSyntaxException(String expression, int position, String problem) {
		super("invalid expression", expression, position, problem, null);
	}

}
