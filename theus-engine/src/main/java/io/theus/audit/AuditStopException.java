package io.theus.audit;

import io.theus.audit.rule.Violation;

/**
 * A rule of level {@link io.theus.AuditLevel#STOP} was violated: the work is rolled back
 * and the engine stops.
 *
 * @since 0.1.0
 */
public final class AuditStopException extends AuditException {

	AuditStopException(Violation violation, long count) {
		super(violation, count, "the engine stops, find the cause and resume it with a reason");
	}

}
