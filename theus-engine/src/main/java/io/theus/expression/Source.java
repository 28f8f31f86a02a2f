package io.theus.expression;

import org.jspecify.annotations.Nullable;

import io.theus.error.Excerpt;

/**
 * The part of a text that is an expression. All positions are indexes into the whole
 * text, so that an error in a template points into the template.
 *
 * @param text the whole text
 * @param start where the expression begins
 * @param end the index after the expression
 */
record Source(String text, int start, int end) {

	ExpressionSyntaxException invalid(int position, String problem) {
		return new ExpressionSyntaxException(this.text, position, problem);
	}

	ExpressionEvaluationException failed(int position, String problem, @Nullable Throwable cause) {
		return new ExpressionEvaluationException(this.text, position, problem, cause);
	}

	String quoted(Syntax syntax) {
		return Excerpt.quoted(this.text.substring(syntax.start(), syntax.end()));
	}

}
