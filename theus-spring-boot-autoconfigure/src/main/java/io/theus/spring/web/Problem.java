package io.theus.spring.web;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

import io.theus.audit.AuditException;
import io.theus.audit.EngineStoppedException;
import io.theus.conflict.ConflictException;
import io.theus.conflict.TransactionTimeoutException;
import io.theus.contract.ContractViolationException;
import io.theus.error.TheusException;
import io.theus.outbox.OutboxFullException;
import io.theus.path.ZoneViolationException;
import io.theus.process.InvalidArgumentException;
import io.theus.process.KeyReuseException;
import io.theus.run.RunTimeoutException;
import io.theus.run.WaitTimeoutException;
import io.theus.schema.SchemaViolationException;

/**
 * What a caller is told of a failure. The texts are the same for all failures of a kind:
 * messages of exceptions name paths, and paths have keys of the application's data.
 *
 * @param status the status of the answer
 * @param code what programs tell it from others by
 * @param title what has happened
 * @param detail what to do
 * @param retryAfter when it may be different, {@code null} if the same request will fail
 * again
 */
record Problem(HttpStatus status, String code, String title, String detail, @Nullable Duration retryAfter) {

	private static final Map<Class<? extends TheusException>, Problem> KINDS = new LinkedHashMap<>();

	static {
		KINDS.put(ConflictException.class, new Problem(HttpStatus.CONFLICT, "conflict", "Conflict",
				"Others changed what the request depends on. Nothing was done; send it again.", Duration.ofSeconds(1)));
		KINDS.put(KeyReuseException.class, new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "key-reuse", "Key in use",
				"The key belongs to an earlier request with other content. Nothing was done; use another key.", null));
		KINDS.put(SchemaViolationException.class,
				new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "schema-violation", "Schema violation",
						"The outcome would not fit the schema. Nothing was done; correct the request.", null));
		KINDS.put(AuditException.class, new Problem(HttpStatus.UNPROCESSABLE_CONTENT, "audit", "Refused by audit",
				"A rule of the application does not allow it. Nothing was done; correct the request.", null));
		KINDS.put(EngineStoppedException.class,
				new Problem(HttpStatus.SERVICE_UNAVAILABLE, "stopped", "Stopped",
						"The application has stopped its work until somebody has looked at it. Send the request later.",
						Duration.ofSeconds(60)));
		KINDS.put(InvalidArgumentException.class, new Problem(HttpStatus.BAD_REQUEST, "invalid-argument",
				"Invalid argument", "A part of the request cannot be used. Nothing was done; correct it.", null));
		Problem undeclared = new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "contract-violation", "Contract violation",
				"The application tried what it does not declare. Nothing was done; report it.", null);
		KINDS.put(ContractViolationException.class, undeclared);
		KINDS.put(ZoneViolationException.class, undeclared);
		KINDS.put(OutboxFullException.class,
				new Problem(HttpStatus.SERVICE_UNAVAILABLE, "outbox-full", "Outbox full",
						"Too many messages wait for their delivery. Nothing was done; send the request later.",
						Duration.ofSeconds(10)));
		Problem timeout = new Problem(HttpStatus.SERVICE_UNAVAILABLE, "timeout", "Timeout",
				"It took too long. Send the request later.", Duration.ofSeconds(5));
		KINDS.put(TransactionTimeoutException.class, timeout);
		KINDS.put(RunTimeoutException.class, timeout);
		KINDS.put(WaitTimeoutException.class, timeout);
	}

	/**
	 * Find what a caller is told of a failure.
	 * @param failure the failure
	 * @return the problem, {@code null} if nothing is said of failures of this kind
	 */
	static @Nullable Problem of(Throwable failure) {
		for (Map.Entry<Class<? extends TheusException>, Problem> kind : KINDS.entrySet()) {
			if (kind.getKey().isInstance(failure)) {
				return kind.getValue();
			}
		}
		return null;
	}

	/**
	 * Answer with this problem.
	 * @return problem details by RFC 9457
	 */
	ResponseEntity<ProblemDetail> answer() {
		ProblemDetail body = ProblemDetail.forStatusAndDetail(this.status, this.detail);
		body.setTitle(this.title);
		body.setType(URI.create("about:blank"));
		body.setProperty("code", this.code);
		ResponseEntity.BodyBuilder answer = ResponseEntity.status(this.status)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		if (this.retryAfter != null) {
			answer.header(HttpHeaders.RETRY_AFTER, Long.toString(this.retryAfter.toSeconds()));
		}
		return answer.body(body);
	}

}
