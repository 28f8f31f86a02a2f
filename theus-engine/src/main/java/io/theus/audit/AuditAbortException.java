package io.theus.audit;

import io.theus.audit.rule.Violation;

/**
 * A rule of level {@link io.theus.AuditLevel#ABORT} was violated: the work is rolled
 * back, and a run that it is a step of ends without any {@code catch}.
 *
 * @since 0.1.0
 */
public final class AuditAbortException extends AuditException {

	AuditAbortException(Violation violation, long count) {
		super(violation, count, "correct the value, no 'catch' of a workflow sees this");
	}

}
