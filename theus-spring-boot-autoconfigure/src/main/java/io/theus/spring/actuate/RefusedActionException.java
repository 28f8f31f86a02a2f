package io.theus.spring.actuate;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * Thrown when something that an operator asked for was not done.
 */
final class RefusedActionException extends TheusException {

	private final int status;

	RefusedActionException(int status, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.status = status;
	}

	RefusedActionException(int status, String message) {
		super(message);
		this.status = status;
	}

	// The status of the answer, as HTTP has it
	int status() {
		return this.status;
	}

}
