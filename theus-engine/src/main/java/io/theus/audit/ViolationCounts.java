package io.theus.audit;

import java.util.concurrent.atomic.LongAdder;

import io.theus.AuditLevel;
import io.theus.store.Verdict;

/**
 * How many violations there were in all, whatever was reset since.
 */
final class ViolationCounts {

	private static final int KINDS = Verdict.Kind.values().length;

	private final LongAdder[] counts = new LongAdder[AuditLevel.values().length * KINDS * 2];

	ViolationCounts() {
		for (int i = 0; i < this.counts.length; i++) {
			this.counts[i] = new LongAdder();
		}
	}

	private LongAdder of(AuditLevel level, Verdict.Kind kind, boolean tolerated) {
		return this.counts[(level.ordinal() * KINDS + kind.ordinal()) * 2 + (tolerated ? 1 : 0)];
	}

	void add(AuditRule rule, boolean tolerated) {
		of(rule.policy().level(), rule.kind(), tolerated).increment();
	}

	long get(AuditLevel level, Verdict.Kind kind, boolean tolerated) {
		return of(level, kind, tolerated).sum();
	}

}
