package io.theus.spring.actuate;

import org.jspecify.annotations.Nullable;

import io.theus.error.TheusException;

/**
 * Thrown when something that an operator asked for is not answered or not done.
 */
final class RefusedActionException extends TheusException {

	static final int BAD_REQUEST = 400;

	static final int FORBIDDEN = 403;

	static final int NOT_FOUND = 404;

	static final int CONFLICT = 409;

	static final int UNAVAILABLE = 503;

	private final int status;

	RefusedActionException(int status, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.status = status;
	}

	RefusedActionException(int status, String message) {
		super(message);
		this.status = status;
	}

	static RefusedActionException badRequest(String message, Throwable cause) {
		return new RefusedActionException(BAD_REQUEST, message, cause);
	}

	static RefusedActionException badRequest(String message) {
		return new RefusedActionException(BAD_REQUEST, message);
	}

	static RefusedActionException notFound(String message) {
		return new RefusedActionException(NOT_FOUND, message);
	}

	// The status of the answer, as HTTP has it
	int status() {
		return this.status;
	}

}
