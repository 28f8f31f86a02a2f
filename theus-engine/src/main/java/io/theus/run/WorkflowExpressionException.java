package io.theus.run;

import org.jspecify.annotations.Nullable;

import io.theus.error.Excerpt;
import io.theus.error.TheusException;
import io.theus.expression.ExpressionEvaluationException;
import io.theus.internal.yaml.SourcePosition;
import io.theus.workflow.InvalidWorkflowException;

/**
 * A condition or argument of a step could not be evaluated. The cause is the failure of
 * the expression; this exception adds where it stands.
 *
 * @since 0.1.0
 */
public final class WorkflowExpressionException extends TheusException {

	private final String workflow;

	private final String step;

	private final String expression;

	private final String problem;

	private final @Nullable SourcePosition position;

	WorkflowExpressionException(String workflow, String step, ExpressionEvaluationException failure,
			@Nullable SourcePosition position) {
		super("cannot evaluate expression of step '%s' in workflow '%s': %s: %s".formatted(step, workflow,
				failure.problem(), place(failure, position)), failure);
		this.workflow = workflow;
		this.step = step;
		this.expression = failure.expression();
		this.problem = failure.problem();
		this.position = position;
	}

	private static String place(ExpressionEvaluationException failure, @Nullable SourcePosition position) {
		return (position != null) ? InvalidWorkflowException.place(position)
				: "position=%d\n%s".formatted(failure.position(), Excerpt.at(failure.expression(), failure.position()));
	}

	/**
	 * Return the workflow.
	 * @return its name
	 */
	public String workflow() {
		return this.workflow;
	}

	/**
	 * Return the step.
	 * @return its id
	 */
	public String step() {
		return this.step;
	}

	/**
	 * Return the expression.
	 * @return the text that holds it
	 */
	public String expression() {
		return this.expression;
	}

	/**
	 * Return what is wrong, without the place.
	 * @return one sentence
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Return where the expression stands.
	 * @return the place in the document, {@code null} if the workflow was built in Java
	 */
	public @Nullable SourcePosition position() {
		return this.position;
	}

}
