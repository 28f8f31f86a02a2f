package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.expression.Expression;
import io.theus.expression.ExpressionEvaluationException;
import io.theus.internal.yaml.YamlScalar;

/**
 * An expression that decides which way a run goes. Immutable and safe for use by several
 * threads.
 *
 * @since 0.1.0
 */
public final class Condition {

	private final Expression expression;

	private final @Nullable YamlScalar source;

	Condition(Expression expression, @Nullable YamlScalar source) {
		this.expression = expression;
		this.source = source;
	}

	/**
	 * Return the expression.
	 * @return the text without <code>#{}</code>
	 */
	public String text() {
		return this.expression.text().strip();
	}

	/**
	 * Decide.
	 * @param scope what the expression sees
	 * @return whether it holds
	 */
	public boolean test(StepScope scope) {
		try {
			boolean holds = this.expression.test(scope);
			scope.evaluated(text(), holds);
			return holds;
		}
		catch (ExpressionEvaluationException ex) {
			throw scope.failed(ex,
					(this.source != null) ? this.source.error(ex.position(), ex.problem()).position() : null);
		}
	}

	List<Reference> references() {
		return Reference.of(List.of(this.expression), this.source);
	}

	@Override
	public String toString() {
		return text();
	}

}
