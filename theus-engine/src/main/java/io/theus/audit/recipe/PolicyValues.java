package io.theus.audit.recipe;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.audit.rule.AuditPolicy;

/**
 * What a part of a recipe says about violations; what it does not say is said by what is
 * around it.
 *
 * @param level what follows
 * @param thresholdMin from which count on a tolerated violation is a warning
 * @param thresholdMax up to which count a violation is tolerated
 * @param resetOnSuccess whether a commit that keeps the rule sets its count to 0
 */
record PolicyValues(@Nullable AuditLevel level, @Nullable Long thresholdMin, @Nullable Long thresholdMax,
		@Nullable Boolean resetOnSuccess) {

	static final PolicyValues NONE = new PolicyValues(null, null, null, null);

	PolicyValues withLevel(AuditLevel newLevel) {
		return new PolicyValues(newLevel, this.thresholdMin, this.thresholdMax, this.resetOnSuccess);
	}

	PolicyValues withThresholdMin(long count) {
		return new PolicyValues(this.level, count, this.thresholdMax, this.resetOnSuccess);
	}

	PolicyValues withThresholdMax(long count) {
		return new PolicyValues(this.level, this.thresholdMin, count, this.resetOnSuccess);
	}

	PolicyValues withResetOnSuccess(boolean reset) {
		return new PolicyValues(this.level, this.thresholdMin, this.thresholdMax, reset);
	}

	PolicyValues over(PolicyValues around) {
		return new PolicyValues((this.level != null) ? this.level : around.level,
				(this.thresholdMin != null) ? this.thresholdMin : around.thresholdMin,
				(this.thresholdMax != null) ? this.thresholdMax : around.thresholdMax,
				(this.resetOnSuccess != null) ? this.resetOnSuccess : around.resetOnSuccess);
	}

	AuditPolicy policy() {
		AuditPolicy standard = AuditPolicy.DEFAULT;
		return new AuditPolicy((this.level != null) ? this.level : standard.level(),
				(this.thresholdMin != null) ? this.thresholdMin : standard.thresholdMin(),
				(this.thresholdMax != null) ? this.thresholdMax : standard.thresholdMax(),
				(this.resetOnSuccess != null) ? this.resetOnSuccess : standard.resetOnSuccess());
	}

}
