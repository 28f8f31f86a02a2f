package io.theus.audit.rule;

import io.theus.AuditLevel;

/**
 * What follows when a rule is violated.
 *
 * @param level what follows
 * @param thresholdMin from which count on a tolerated violation is a warning, 0 for never
 * @param thresholdMax up to which count a violation of level {@link AuditLevel#BLOCK} is
 * tolerated, 0 for none
 * @param resetOnSuccess whether a commit that keeps the rule sets its count to 0
 * @since 0.1.0
 */
public record AuditPolicy(AuditLevel level, long thresholdMin, long thresholdMax, boolean resetOnSuccess) {

	/**
	 * Refuse each violation.
	 */
	public static final AuditPolicy DEFAULT = new AuditPolicy(AuditLevel.BLOCK, 0, 0, true);

	/**
	 * Create a policy.
	 * @throws IllegalArgumentException if a threshold is negative
	 */
	public AuditPolicy {
		if (thresholdMin < 0 || thresholdMax < 0) {
			throw new IllegalArgumentException(
					"audit thresholds cannot be negative: thresholdMin=%d, thresholdMax=%d, use 0 for none"
						.formatted(thresholdMin, thresholdMax));
		}
	}

	/**
	 * Return whether a violation is tolerated.
	 * @param count how often the rule is violated by then, this time included
	 * @return whether the work goes on
	 */
	public boolean tolerates(long count) {
		return this.level == AuditLevel.COUNT || (this.level == AuditLevel.BLOCK && count <= this.thresholdMax);
	}

	/**
	 * Return whether what is tolerated is a warning.
	 * @param count how often it has happened by then
	 * @return whether the lower threshold is reached
	 */
	public boolean warnsAt(long count) {
		return this.thresholdMin > 0 && count >= this.thresholdMin;
	}

}
