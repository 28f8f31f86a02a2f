package io.theus.audit.recipe;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;
import io.theus.internal.yaml.SourcePosition;

/**
 * A recipe that says something it may not, or that cannot be enforced because it names
 * what does not exist.
 * <p>
 * The message begins with {@code invalid audit recipe} and, for a document, ends with the
 * offending line and a caret under the place.
 *
 * @since 0.1.0
 */
public final class InvalidAuditRecipeException extends TheusException {

	private final String problem;

	private final @Nullable SourcePosition position;

	InvalidAuditRecipeException(String problem, @Nullable SourcePosition position, @Nullable Throwable cause) {
		super("invalid audit recipe: " + problem + ((position != null) ? ": " + place(position) : ""), cause);
		this.problem = problem;
		this.position = position;
	}

	private static String place(SourcePosition position) {
		return "resource='" + position.resource() + "', line=" + position.line() + ", column=" + position.column()
				+ (position.lineText().isEmpty() ? "" : "\n" + position.excerpt());
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
	 * @return the place in the document, {@code null} if the recipe was built in Java
	 */
	public @Nullable SourcePosition position() {
		return this.position;
	}

}
