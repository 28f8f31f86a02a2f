package io.theus.sample.web;

import java.util.stream.Collectors;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

import io.theus.sample.approval.ApprovalNotAwaited;
import io.theus.state.NoSuchPathException;
import io.theus.state.PathExistsException;

/**
 * Says what is wrong with a request.
 */
@RestControllerAdvice
class Refusals {

	// Names the fields but repeats nothing that was sent, as Spring's own answer and log
	// line would
	@ExceptionHandler
	ProblemDetail invalid(MethodArgumentNotValidException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				ex.getFieldErrors()
					.stream()
					.map((error) -> error.getField() + " " + error.getDefaultMessage())
					.sorted()
					.collect(Collectors.joining(", ")));
	}

	@ExceptionHandler
	ProblemDetail invalid(HandlerMethodValidationException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getParameterValidationResults()
			.stream()
			.flatMap((result) -> result.getResolvableErrors()
				.stream()
				.map((error) -> result.getMethodParameter().getParameterName() + " " + error.getDefaultMessage()))
			.sorted()
			.collect(Collectors.joining(", ")));
	}

	@ExceptionHandler
	ProblemDetail absent(NoSuchPathException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND,
				"there is no '%s' at this desk".formatted(ex.path()));
	}

	@ExceptionHandler
	ProblemDetail duplicate(PathExistsException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "an order of this id was placed before");
	}

	@ExceptionHandler
	ProblemDetail notAwaited(ApprovalNotAwaited ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, ex.getMessage());
	}

}
