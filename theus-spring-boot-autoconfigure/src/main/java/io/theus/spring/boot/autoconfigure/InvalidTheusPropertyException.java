package io.theus.spring.boot.autoconfigure;

import io.theus.error.TheusException;

/**
 * Thrown when properties are refused by what they configure. Constraints of single
 * properties are checked earlier where bean validation is present.
 */
final class InvalidTheusPropertyException extends TheusException {

	private final String property;

	private final String problem;

	InvalidTheusPropertyException(String property, IllegalArgumentException cause) {
		super("property '%s' is invalid: %s".formatted(property, cause.getMessage()), cause);
		this.property = property;
		this.problem = String.valueOf(cause.getMessage());
	}

	InvalidTheusPropertyException(String property, String problem) {
		super("property '%s' is invalid: %s".formatted(property, problem));
		this.property = property;
		this.problem = problem;
	}

	// The property or the common beginning of several
	String property() {
		return this.property;
	}

	// What is wrong, with the values
	String problem() {
		return this.problem;
	}

}
