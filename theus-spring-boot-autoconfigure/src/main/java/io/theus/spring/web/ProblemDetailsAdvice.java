package io.theus.spring.web;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

import io.theus.error.LoggedFailure;
import io.theus.error.TheusException;

/**
 * Answers with problem details where a controller passes on what an engine has refused
 * and the application does not handle it: a conflict is 409 with {@code Retry-After}, a
 * violation of the schema 422, a violation of a contract 500, and so on. No answer has a
 * value or a path in it.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class ProblemDetailsAdvice {

	private static final Logger logger = LoggerFactory.getLogger(ProblemDetailsAdvice.class);

	/**
	 * Answer with what a caller is told of a failure.
	 * @param thrown what the controller has thrown
	 * @return the answer
	 * @throws Exception the same if nothing is said of it here
	 */
	@ExceptionHandler(TheusException.class)
	ResponseEntity<ProblemDetail> answer(Exception thrown) throws Exception {
		Problem problem = Problem.of(unwrapped(thrown));
		if (problem == null) {
			throw thrown;
		}
		if (problem.status().value() == 500) {
			logger.error("Request failed", LoggedFailure.of(thrown, logger));
		}
		return problem.answer();
	}

	// An exception of the application that an engine's exception has caused says what the
	// application wants to say, by its status for example
	private static Throwable unwrapped(Throwable thrown) {
		boolean wrapper = thrown instanceof CompletionException || thrown instanceof ExecutionException
				|| thrown instanceof UndeclaredThrowableException;
		return (wrapper && thrown.getCause() != null) ? thrown.getCause() : thrown;
	}

}
