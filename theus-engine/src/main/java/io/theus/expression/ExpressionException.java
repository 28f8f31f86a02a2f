package io.theus.expression;

import org.jspecify.annotations.Nullable;

import io.theus.error.Excerpt;
import io.theus.error.TheusException;

/**
 * An expression that cannot be compiled or evaluated. The message ends with the
 * expression and a caret under the place.
 *
 * @since 0.1.0
 */
public abstract sealed class ExpressionException extends TheusException
		permits ExpressionSyntaxException, ExpressionEvaluationException {

	private final String expression;

	private final int position;

	private final String problem;

	ExpressionException(String failure, String expression, int position, String problem, @Nullable Throwable cause) {
		super(failure + ": " + problem + ": position=" + position + "\n" + Excerpt.at(expression, position), cause);
		this.expression = expression;
		this.position = position;
		this.problem = problem;
	}

	/**
	 * Return the text that holds the expression.
	 * @return the text as it was given to the compiler; for a {@link Template} the
	 * template
	 */
	public String expression() {
		return this.expression;
	}

	/**
	 * Return the place in {@link #expression()}.
	 * @return a 0-based index, at most the length of the text
	 */
	public int position() {
		return this.position;
	}

	/**
	 * Return what is wrong, without the place.
	 * @return one sentence
	 */
	public String problem() {
		return this.problem;
	}

}
