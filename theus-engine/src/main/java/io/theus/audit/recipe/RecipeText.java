package io.theus.audit.recipe;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.SourcePosition;
import io.theus.internal.yaml.YamlScalar;

/**
 * A text of a recipe that knows where it stands.
 *
 * @param text the text
 * @param scalar where it stands, {@code null} if the recipe was built in Java
 */
record RecipeText(String text, @Nullable YamlScalar scalar) {

	static RecipeText of(String text) {
		return new RecipeText(text, null);
	}

	@Nullable SourcePosition position() {
		return (this.scalar != null) ? this.scalar.position() : null;
	}

	/**
	 * Say where it stands, within a sentence.
	 * @return resource and line, or that it was built in Java
	 */
	String place() {
		SourcePosition position = position();
		return (position != null) ? "resource='%s', line=%d".formatted(position.resource(), position.line())
				: "in Java code";
	}

	InvalidAuditRecipeException error(String problem) {
		return new InvalidAuditRecipeException(problem, position(), null);
	}

	InvalidAuditRecipeException error(int offset, String problem, Throwable cause) {
		SourcePosition position = (this.scalar != null) ? this.scalar.error(offset, problem).position() : null;
		return new InvalidAuditRecipeException(problem, position, cause);
	}

	@Override
	public String toString() {
		return this.text;
	}

}
