package io.theus.internal.yaml;

import org.jspecify.annotations.Nullable;

import io.theus.error.Excerpt;

/**
 * A place in a YAML document.
 *
 * @param resource the name of the file or other source
 * @param line the line, from 1
 * @param column the column in characters (Unicode code points), from 1
 * @param lineText the text of that line without its line break
 * @since 0.1.0
 */
public record SourcePosition(String resource, int line, int column, String lineText) {

	/**
	 * Create an exception about this place.
	 * @param problem what is wrong and what to do about it, one sentence
	 * @return the exception, to be thrown by the caller
	 */
	public InvalidYamlException error(String problem) {
		return error(problem, null);
	}

	/**
	 * Create an exception about this place with a cause.
	 * @param problem what is wrong and what to do about it, one sentence
	 * @param cause what led to it, {@code null} if nothing did
	 * @return the exception, to be thrown by the caller
	 */
	public InvalidYamlException error(String problem, @Nullable Throwable cause) {
		return new InvalidYamlException(problem, this, cause);
	}

	/**
	 * Render the line with a caret under the column.
	 * @return two lines of text
	 */
	public String excerpt() {
		int reached = Math.min(this.column - 1, this.lineText.codePointCount(0, this.lineText.length()));
		return Excerpt.at(this.lineText, this.lineText.offsetByCodePoints(0, reached));
	}

	/**
	 * Return the place in the form that editors and terminals link to.
	 * @return resource, line and column, joined by colons
	 */
	@Override
	public String toString() {
		return this.resource + ":" + this.line + ":" + this.column;
	}

}
