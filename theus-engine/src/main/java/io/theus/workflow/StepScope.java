package io.theus.workflow;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.expression.ExpressionEvaluationException;
import io.theus.expression.Scope;
import io.theus.internal.yaml.SourcePosition;

/**
 * What the expressions of a step see, and who hears of their values.
 *
 * @since 0.1.0
 */
public interface StepScope extends Scope {

	/**
	 * The first names of expressions wherever they stand.
	 */
	Set<String> ROOTS = Set.of("domain", "global", "meta", "signal", "cmd", "inputs", "results", "run");

	/**
	 * Hear of a value.
	 * @param expression the expression as it was written
	 * @param value its value
	 */
	void evaluated(String expression, @Nullable Object value);

	/**
	 * Say where an expression has failed.
	 * @param failure why
	 * @param position where in the document, {@code null} if it was built in Java
	 * @return the exception to throw
	 */
	RuntimeException failed(ExpressionEvaluationException failure, @Nullable SourcePosition position);

}
