package io.theus.spring.actuate;

import java.util.function.Supplier;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Answers operators. Whoever operates an engine is told what was wrong, whatever the
 * application shows of its own errors.
 */
final class Answer {

	private Answer() {
	}

	/**
	 * Answer a question.
	 * @param question gives the answer or throws {@link RefusedActionException}
	 * @return the answer, or a {@link Refusal} with its status
	 */
	static WebEndpointResponse<?> to(Supplier<?> question) {
		try {
			return new WebEndpointResponse<>(question.get());
		}
		catch (RefusedActionException ex) {
			return new WebEndpointResponse<>(new Refusal(String.valueOf(ex.getMessage())), ex.status());
		}
	}

	/**
	 * Why a question is not answered, or nothing was done.
	 *
	 * @param problem what is wrong, and what to do
	 */
	record Refusal(String problem) {

	}

}
