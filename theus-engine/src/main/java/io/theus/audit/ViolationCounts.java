package io.theus.audit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.theus.AuditLevel;
import io.theus.audit.rule.AuditRule;
import io.theus.store.Verdict;

/**
 * How many violations there were in all, whatever was reset since.
 */
final class ViolationCounts {

	private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

	void add(AuditRule rule, boolean tolerated) {
		this.counts.computeIfAbsent(new Kind(rule.policy().level(), rule.kind(), tolerated), (kind) -> new LongAdder())
			.increment();
	}

	long get(AuditLevel level, Verdict.Kind kind, boolean tolerated) {
		LongAdder count = this.counts.get(new Kind(level, kind, tolerated));
		return (count != null) ? count.sum() : 0;
	}

	/**
	 * What is counted together.
	 *
	 * @param level what follows from the rule
	 * @param about what the rule is about
	 * @param tolerated whether the violation was tolerated
	 */
	private record Kind(AuditLevel level, Verdict.Kind about, boolean tolerated) {

	}

}
