package io.theus.audit;

import io.theus.audit.rule.Violation;

/**
 * A rule of level {@link io.theus.AuditLevel#BLOCK} was violated more often than is
 * tolerated: the work is rolled back.
 *
 * @since 0.1.0
 */
public final class AuditBlockException extends AuditException {

	private final long tolerated;

	AuditBlockException(Violation violation, long count) {
		super(violation, count, "tolerated=%d, correct the value".formatted(violation.rule().policy().thresholdMax()));
		this.tolerated = violation.rule().policy().thresholdMax();
	}

	/**
	 * Return up to which count violations are tolerated.
	 * @return the threshold
	 */
	public long tolerated() {
		return this.tolerated;
	}

}
