package io.theus.audit;

import io.theus.audit.rule.Violation;
import io.theus.store.CommitOrigin;

/**
 * A violation and whose it is. Used by one thread at a time.
 */
final class Found {

	private final Violation violation;

	private final CommitOrigin by;

	private final long number;

	private boolean tolerated;

	Found(Violation violation, CommitOrigin by, long number, boolean tolerated) {
		this.violation = violation;
		this.by = by;
		this.number = number;
		this.tolerated = tolerated;
	}

	Violation violation() {
		return this.violation;
	}

	String rule() {
		return this.violation.rule().id();
	}

	CommitOrigin by() {
		return this.by;
	}

	// In the order in which violations were first found
	long number() {
		return this.number;
	}

	boolean isTolerated() {
		return this.tolerated;
	}

	// A threshold was reached meanwhile
	void refuse() {
		this.tolerated = false;
	}

	boolean isOf(String rule, CommitOrigin execution) {
		return rule().equals(rule) && this.by.equals(execution);
	}

}
