package io.theus.audit.recipe;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Expression;
import io.theus.expression.ExpressionEvaluationException;
import io.theus.expression.ExpressionSyntaxException;

/**
 * An expression of a recipe, compiled for the names of a process.
 *
 * @param source how it is written
 * @param expression the compiled expression
 */
record Formula(RecipeText source, Expression expression) {

	static Formula compile(RecipeText source, Set<String> names) {
		try {
			return new Formula(source, Expression.compile(source.text(), names));
		}
		catch (ExpressionSyntaxException ex) {
			throw source.error(ex.position(), "invalid expression: " + ex.problem(), ex);
		}
	}

	/**
	 * Evaluate.
	 * @param scope what it sees
	 * @return whether it holds, {@code null} if it cannot be evaluated; why not may show
	 * a value, so nobody is told
	 */
	@Nullable Boolean test(ValueScope scope) {
		try {
			return this.expression.test(scope);
		}
		catch (ExpressionEvaluationException ex) {
			return null;
		}
	}

}
