package io.theus.outbox;

import tools.jackson.core.JacksonException;

/**
 * Writes the place where encoding failed as one would write it in code.
 */
final class JsonLocation {

	/** A payload that contains itself fails at a depth of hundreds. */
	private static final int MAX_LENGTH = 200;

	private JsonLocation() {
	}

	/**
	 * Describe the place.
	 * @param failure what Jackson reported
	 * @return for example {@code lines[2].price}, or {@code (root)}
	 */
	static String of(JacksonException failure) {
		StringBuilder location = new StringBuilder();
		for (JacksonException.Reference step : failure.getPath()) {
			if (step.getPropertyName() == null) {
				location.append('[').append(step.getIndex()).append(']');
			}
			else {
				location.append(location.isEmpty() ? "" : ".").append(step.getPropertyName());
			}
			if (location.length() > MAX_LENGTH) {
				return location.substring(0, MAX_LENGTH) + "...";
			}
		}
		return location.isEmpty() ? "(root)" : location.toString();
	}

}
