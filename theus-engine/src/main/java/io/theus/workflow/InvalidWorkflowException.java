package io.theus.workflow;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;
import io.theus.internal.yaml.SourcePosition;

/**
 * A workflow that is not valid: its document says something that it may not, or it names
 * what does not exist.
 * <p>
 * The message begins with {@code invalid workflow} and, for a document, ends with the
 * offending line and a caret under the place.
 *
 * @since 0.1.0
 */
public final class InvalidWorkflowException extends TheusException {

	private final String workflow;

	private final String problem;

	private final @Nullable SourcePosition position;

	/**
	 * Create the exception.
	 * @param workflow the name of the workflow
	 * @param problem what is wrong and what to do about it, one sentence
	 * @param position where, {@code null} for a workflow that was built in Java
	 * @param cause what led to it, {@code null} if nothing did
	 */
	public InvalidWorkflowException(String workflow, String problem, @Nullable SourcePosition position,
			@Nullable Throwable cause) {
		super("invalid workflow '" + workflow + "': " + problem + ((position != null) ? ": " + place(position) : ""),
				cause);
		this.workflow = workflow;
		this.problem = problem;
		this.position = position;
	}

	/**
	 * Describe a place as messages end with it.
	 * @param position the place
	 * @return resource, line and column, then the line with a caret under the place
	 */
	public static String place(SourcePosition position) {
		return "resource='" + position.resource() + "', line=" + position.line() + ", column=" + position.column()
				+ (position.lineText().isEmpty() ? "" : "\n" + position.excerpt());
	}

	/**
	 * Return the workflow.
	 * @return its name
	 */
	public String workflow() {
		return this.workflow;
	}

	/**
	 * Return what is wrong, without the place.
	 * @return one sentence
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Return where the mistake is.
	 * @return the place in the document, {@code null} if the workflow was built in Java
	 */
	public @Nullable SourcePosition position() {
		return this.position;
	}

}
