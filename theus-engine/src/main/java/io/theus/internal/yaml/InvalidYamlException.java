package io.theus.internal.yaml;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * A YAML document that cannot be read, or whose content is not what its reader expects.
 *
 * <p>
 * The message begins with {@code invalid YAML} and ends with the offending line and a
 * caret under the place.
 *
 * @since 0.1.0
 */
public final class InvalidYamlException extends TheusException {

	private final String problem;

	private final SourcePosition position;

	InvalidYamlException(String problem, SourcePosition position, @Nullable Throwable cause) {
		super("invalid YAML: " + problem + ": resource='" + position.resource() + "', line=" + position.line()
				+ ", column=" + position.column() + (position.lineText().isEmpty() ? "" : "\n" + position.excerpt()),
				cause);
		this.problem = problem;
		this.position = position;
	}

	/**
	 * Return what is wrong, without the place.
	 * @return one sentence
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Return the name of the file or other source.
	 * @return the name that was given to the parser
	 */
	public String resource() {
		return this.position.resource();
	}

	/**
	 * Return the line of the place.
	 * @return the line, from 1
	 */
	public int line() {
		return this.position.line();
	}

	/**
	 * Return the column of the place.
	 * @return the column in characters, from 1
	 */
	public int column() {
		return this.position.column();
	}

	/**
	 * Return the place with its line.
	 * @return the place
	 */
	public SourcePosition position() {
		return this.position;
	}

}
