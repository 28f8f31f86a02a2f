package io.theus.schema;

import java.util.List;

import io.theus.error.TheusException;

/**
 * A declaration of the schema makes no sense, or two of them contradict each other. The
 * engine does not start.
 *
 * @since 0.1.0
 */
public final class InvalidSchemaException extends TheusException {

	private final List<String> declarations;

	private InvalidSchemaException(String message, List<String> declarations) {
		super(message);
		this.declarations = List.copyOf(declarations);
	}

	static InvalidSchemaException of(String declaration, String problem) {
		return new InvalidSchemaException("schema declaration %s is invalid: %s".formatted(declaration, problem),
				List.of(declaration));
	}

	static InvalidSchemaException twice(String place, String first, String second) {
		return new InvalidSchemaException(
				"place '%s' is declared twice: first=%s second=%s, keep one of them".formatted(place, first, second),
				List.of(first, second));
	}

	/**
	 * Return where the declarations are.
	 * @return a record with its path, or a place in a YAML document; two of them if they
	 * overlap
	 */
	public List<String> declarations() {
		return this.declarations;
	}

}
