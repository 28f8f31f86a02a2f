package io.theus.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.audit.rule.AuditPolicy;
import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Findings;
import io.theus.audit.rule.Violation;
import io.theus.store.Verdict;

/**
 * What the rules have to say about one attempt. Nothing counts before the attempt has
 * committed or failed for good, and then once.
 * <p>
 * Used by one thread at a time.
 *
 * @since 0.1.0
 */
// Collected in two parts: while the attempt runs, and anew for each state that its commit
// might make ('judging' copies what was collected so far). Settling happens with the
// commit, under its lock, in commit order, and is the only moment at which a threshold is
// exact: two attempts may both have been tolerated on their way there.
public final class Verdicts implements Findings {

	private final Auditor auditor;

	private final List<Violation> tolerated = new ArrayList<>(1);

	private final List<Violation> refused = new ArrayList<>(0);

	private final List<AuditRule> kept = new ArrayList<>(0);

	private @Nullable AuditException fatal;

	private boolean settled;

	Verdicts(Auditor auditor) {
		this.auditor = auditor;
	}

	/**
	 * Continue with a copy, for a state that the commit might make.
	 * @return what was collected so far
	 */
	public Verdicts judging() {
		Verdicts copy = new Verdicts(this.auditor);
		copy.tolerated.addAll(this.tolerated);
		copy.refused.addAll(this.refused);
		copy.kept.addAll(this.kept);
		copy.fatal = this.fatal;
		return copy;
	}

	/**
	 * A rule is violated.
	 * @param violation what is wrong
	 * @throws AuditException if that is not tolerated
	 */
	@Override
	public void violated(Violation violation) {
		AuditException refusal = add(violation);
		if (refusal != null) {
			throw refusal;
		}
	}

	@Override
	public boolean overruled(Violation violation) {
		return add(violation) == null;
	}

	private @Nullable AuditException add(Violation violation) {
		AuditRule rule = violation.rule();
		AuditPolicy policy = rule.policy();
		if (policy.level() == AuditLevel.IGNORE || isTolerated(rule)) {
			return null;
		}
		long count = this.auditor.counters().get(rule.id()) + 1;
		if (policy.tolerates(count)) {
			this.tolerated.add(violation);
			return null;
		}
		this.refused.add(violation);
		AuditException refusal = refusal(violation, count);
		if (policy.level() != AuditLevel.BLOCK) {
			this.fatal = refusal;
		}
		return refusal;
	}

	// A rule counts once for an execution, however many values violate it
	private boolean isTolerated(AuditRule rule) {
		for (Violation known : this.tolerated) {
			if (known.rule().id().equals(rule.id())) {
				return true;
			}
		}
		return false;
	}

	private static AuditException refusal(Violation violation, long count) {
		return switch (violation.rule().policy().level()) {
			case STOP -> new AuditStopException(violation, count);
			case ABORT -> new AuditAbortException(violation, count);
			default -> new AuditBlockException(violation, count);
		};
	}

	@Override
	public void kept(AuditRule rule) {
		if (rule.policy().resetOnSuccess() && !this.auditor.counters().isZero(rule.id())) {
			this.kept.add(rule);
		}
	}

	/**
	 * Return what ends the attempt, whoever has caught it.
	 * @return the refusal of a rule that stops or aborts, {@code null} if there is none
	 */
	public @Nullable AuditException fatal() {
		return this.fatal;
	}

	/**
	 * Return whether the commit has something to record.
	 * @return whether a violation is tolerated, or was caught
	 */
	public boolean isEmpty() {
		return this.tolerated.isEmpty() && this.refused.isEmpty();
	}

	/**
	 * Count, in the order of commits.
	 * @return what the record of the commit says
	 * @throws AuditBlockException if a threshold was reached meanwhile; nothing is
	 * counted then
	 */
	public List<Verdict> settle() {
		List<Verdict> verdicts = count(true);
		this.settled = true;
		reset();
		return verdicts;
	}

	/**
	 * Count for a commit that cannot be refused any more.
	 * @return what the record of the commit says
	 */
	public List<Verdict> settleAnyway() {
		List<Verdict> verdicts = count(false);
		this.settled = true;
		reset();
		return verdicts;
	}

	private List<Verdict> count(boolean refusing) {
		if (isEmpty()) {
			return List.of();
		}
		List<Verdict> verdicts = new ArrayList<>(this.tolerated.size() + this.refused.size());
		for (int i = 0; i < this.tolerated.size(); i++) {
			Violation violation = this.tolerated.get(i);
			long count = this.auditor.counters().increment(violation.rule().id());
			if (refusing && !violation.rule().policy().tolerates(count)) {
				takeBack(i);
				this.tolerated.remove(i);
				this.refused.add(violation);
				throw new AuditBlockException(violation, count);
			}
			verdicts.add(verdict(violation, count));
		}
		for (Violation violation : this.refused) {
			verdicts.add(verdict(violation, this.auditor.counters().increment(violation.rule().id())));
		}
		return verdicts;
	}

	private void takeBack(int last) {
		for (int i = 0; i <= last; i++) {
			this.auditor.counters().decrement(this.tolerated.get(i).rule().id());
		}
	}

	private static Verdict verdict(Violation violation, long count) {
		AuditRule rule = violation.rule();
		return new Verdict(rule.id(), rule.kind(), rule.process(), violation.path(), rule.policy().level(), count,
				violation.message());
	}

	// What was kept at one place may have been violated at another
	private void reset() {
		for (AuditRule rule : this.kept) {
			if (!isTolerated(rule)) {
				this.auditor.counters().reset(rule.id());
			}
		}
	}

	/**
	 * Note what has been settled.
	 * @param time when the attempt has committed
	 * @param version its commit
	 * @param origin who has committed
	 * @param executionId the execution, {@code null} outside processes
	 * @param verdicts what was settled
	 */
	public void note(Instant time, long version, String origin, @Nullable String executionId, List<Verdict> verdicts) {
		for (int i = 0; i < verdicts.size(); i++) {
			boolean tolerable = i < this.tolerated.size();
			Violation violation = tolerable ? this.tolerated.get(i) : this.refused.get(i - this.tolerated.size());
			this.auditor.note(time, version, origin, executionId, violation, verdicts.get(i).count(), tolerable);
		}
	}

	/**
	 * Count and note for an execution that has failed for good.
	 * @param origin who has failed
	 * @param executionId the execution, {@code null} outside processes
	 * @param part whether it is a part of a transaction that goes on, with which the
	 * tolerated violations count then
	 * @return the violation that stops the engine, {@code null} if there is none
	 */
	public @Nullable Violation fail(String origin, @Nullable String executionId, boolean part) {
		if (this.settled || isEmpty()) {
			return null;
		}
		if (!part) {
			this.settled = true;
			fail(this.tolerated, true, origin, executionId);
		}
		Violation stop = fail(this.refused, false, origin, executionId);
		this.refused.clear();
		return stop;
	}

	private @Nullable Violation fail(List<Violation> violations, boolean tolerable, String origin,
			@Nullable String executionId) {
		Violation stop = null;
		for (Violation violation : violations) {
			long count = this.auditor.counters().increment(violation.rule().id());
			this.auditor.note(this.auditor.now(), null, origin, executionId, violation, count, tolerable);
			if (violation.rule().policy().level() == AuditLevel.STOP) {
				stop = violation;
			}
		}
		return stop;
	}

}
