package io.theus.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.audit.rule.AuditPolicy;
import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Findings;
import io.theus.audit.rule.Violation;
import io.theus.store.CommitOrigin;
import io.theus.store.Verdict;

/**
 * What the rules have to say about one attempt of a transaction, and about which of the
 * executions in it. Nothing counts before the attempt has committed or failed for good,
 * or an execution in it has ended for good, and then a rule counts once for each
 * execution.
 * <p>
 * Used by one thread at a time.
 *
 * @since 0.1.0
 */
// Collected in two parts: while the attempt runs, and anew for each state that its commit
// might make ('judging' copies what was collected so far). Settling happens with the
// commit, under its lock, in commit order, and is the only moment at which a threshold is
// exact: two attempts may both have been tolerated on their way there.
// What was said about an execution of which nothing remains, while the transaction that
// it was a part of goes on, is kept apart: it counts with the transaction, since that may
// still be repeated, but is not part of its commit. All of it counts in the order in
// which it was first found, so that an execution that was tolerated is not refused later
// because of one that came after it.
public final class Verdicts implements Findings {

	private final Auditor auditor;

	private final List<Found> said = new ArrayList<>(1);

	private final List<Found> undone = new ArrayList<>(0);

	// What would have been said when an execution ended, and is judged again at the
	// commit
	private final List<Found> seen = new ArrayList<>(0);

	private final List<AuditRule> kept = new ArrayList<>(0);

	// Whom the rules are asked about
	private CommitOrigin execution;

	private long next;

	private @Nullable AuditException fatal;

	private List<Counted> counted = List.of();

	private boolean settled;

	Verdicts(Auditor auditor, CommitOrigin execution) {
		this.auditor = auditor;
		this.execution = execution;
	}

	/**
	 * Continue with a copy, for a state that the commit might make.
	 * @return what was collected so far
	 */
	public Verdicts judging() {
		Verdicts copy = new Verdicts(this.auditor, this.execution);
		copy.said.addAll(this.said);
		copy.undone.addAll(this.undone);
		copy.seen.addAll(this.seen);
		copy.kept.addAll(this.kept);
		copy.next = this.next;
		copy.fatal = this.fatal;
		return copy;
	}

	/**
	 * What is said from now on is about this one.
	 * @param newExecution an execution, or whoever else works
	 * @return this
	 */
	public Verdicts about(CommitOrigin newExecution) {
		this.execution = newExecution;
		return this;
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

	// A rule counts once for an execution, however many values violate it
	private @Nullable AuditException add(Violation violation) {
		AuditRule rule = violation.rule();
		AuditPolicy policy = rule.policy();
		Found known = find(this.said, rule.id());
		if (policy.level() == AuditLevel.IGNORE || (known != null && known.isTolerated())) {
			return null;
		}
		long number = (known != null) ? known.number() : number(rule.id());
		long count = this.auditor.counters().get(rule.id()) + pendingBefore(number, rule.id()) + 1;
		boolean tolerated = known == null && policy.tolerates(count);
		if (known == null) {
			this.said.add(new Found(violation, this.execution, number, tolerated));
		}
		if (tolerated) {
			return null;
		}
		AuditException refusal = refusal(violation, count);
		if (policy.level() != AuditLevel.BLOCK) {
			this.fatal = refusal;
		}
		return refusal;
	}

	private @Nullable Found find(List<Found> among, String rule) {
		for (Found found : among) {
			if (found.isOf(rule, this.execution)) {
				return found;
			}
		}
		return null;
	}

	private long number(String rule) {
		Found before = find(this.seen, rule);
		return (before != null) ? before.number() : this.next++;
	}

	// Of all executions
	private long pendingBefore(long number, String rule) {
		return numberBefore(number, rule, this.said) + numberBefore(number, rule, this.undone);
	}

	private static long numberBefore(long number, String rule, List<Found> among) {
		long before = 0;
		for (Found found : among) {
			before += (found.number() < number && found.rule().equals(rule)) ? 1 : 0;
		}
		return before;
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
		return this.said.isEmpty();
	}

	/**
	 * Return whether an execution has violated something.
	 * @param by the execution
	 * @return whether nothing was said about it
	 */
	public boolean isSilentAbout(CommitOrigin by) {
		return this.said.stream().noneMatch((found) -> found.by().equals(by));
	}

	/**
	 * Remember what was said so far, for {@link #undo}.
	 * @return a mark
	 */
	public long mark() {
		return this.next;
	}

	/**
	 * A part of the transaction was rolled back, and with it the executions that began
	 * there.
	 * @param mark when the part began
	 * @param around an execution that goes on
	 */
	public void undo(long mark, CommitOrigin around) {
		for (Found found : List.copyOf(this.said)) {
			if (found.number() >= mark && !found.by().equals(around)) {
				this.said.remove(found);
				this.undone.add(found);
			}
		}
	}

	/**
	 * Forget what was said about an execution that has found a conflict.
	 * @param by the execution
	 */
	public void forget(CommitOrigin by) {
		this.said.removeIf((found) -> found.by().equals(by));
		this.undone.removeIf((found) -> found.by().equals(by));
	}

	/**
	 * A part that commits by itself was refused, and what has tried it may go on.
	 * @param refusal what was said about the part
	 */
	public void adopt(Verdicts refusal) {
		for (Found found : refusal.said) {
			this.execution = found.by();
			if (find(this.said, found.rule()) == null) {
				this.said.add(new Found(found.violation(), found.by(), this.next++, found.isTolerated()));
			}
		}
		this.fatal = (refusal.fatal != null) ? refusal.fatal : this.fatal;
	}

	/**
	 * Count, in the order of commits.
	 * @return what the record of the commit says
	 * @throws AuditBlockException if a threshold was reached meanwhile; nothing is
	 * counted then
	 */
	public List<Verdict> settle() {
		return settle(true);
	}

	/**
	 * Count for a commit that cannot be refused any more.
	 * @return what the record of the commit says
	 */
	public List<Verdict> settleAnyway() {
		return settle(false);
	}

	private List<Verdict> settle(boolean refusing) {
		this.counted = (isEmpty() && this.undone.isEmpty()) ? List.of() : count(refusing);
		this.settled = true;
		reset();
		return this.counted.isEmpty() ? List.of()
				: this.counted.stream()
					.filter(Counted::isRecorded)
					.map((each) -> verdict(each.found.violation(), each.count))
					.toList();
	}

	private List<Counted> count(boolean refusing) {
		List<Counted> counting = new ArrayList<>(this.said.size() + this.undone.size());
		for (Found found : inOrder(this.said, this.undone)) {
			boolean recorded = this.said.contains(found);
			long count = increment(found);
			counting.add(new Counted(found, count, recorded));
			if (refusing && recorded && found.isTolerated() && !found.violation().rule().policy().tolerates(count)) {
				counting.forEach((each) -> this.auditor.counters().decrement(each.found.rule()));
				found.refuse();
				throw new AuditBlockException(found.violation(), count);
			}
		}
		return counting;
	}

	private static List<Found> inOrder(List<Found> some, List<Found> others) {
		List<Found> all = new ArrayList<>(some);
		all.addAll(others);
		all.sort(Comparator.comparingLong(Found::number));
		return all;
	}

	private long increment(Found found) {
		return this.auditor.counters().increment(found.rule());
	}

	private static Verdict verdict(Violation violation, long count) {
		AuditRule rule = violation.rule();
		return new Verdict(rule.id(), rule.kind(), rule.process(), violation.path(), rule.policy().level(), count,
				violation.message());
	}

	// What was kept at one place, or by one execution, may have been violated by another
	private void reset() {
		for (AuditRule rule : this.kept) {
			if (pendingBefore(Long.MAX_VALUE, rule.id()) == 0) {
				this.auditor.counters().reset(rule.id());
			}
		}
	}

	/**
	 * Note what has been settled.
	 * @param time when the attempt has committed
	 * @param version its commit, {@code null} if there was nothing to commit
	 */
	public void note(Instant time, @Nullable Long version) {
		for (Counted each : this.counted) {
			this.auditor.note(time, each.isRecorded ? version : null, each.found, each.count);
		}
	}

	/**
	 * What an execution has written was judged, and its transaction goes on.
	 * @param judged what was said
	 */
	public void remember(Verdicts judged) {
		for (Found found : judged.said) {
			if (!this.said.contains(found) && !this.seen.contains(found)) {
				this.seen.add(found);
			}
		}
		this.next = judged.next;
	}

	/**
	 * Count and note for an attempt that has failed for good.
	 * @param refusal what was said about a state that was refused, {@code null} if there
	 * is none
	 * @return the violation that stops the engine, {@code null} if there is none
	 */
	public @Nullable Stopping fail(@Nullable Verdicts refusal) {
		if (this.settled) {
			return null;
		}
		this.settled = true;
		adopt(refusal, null);
		return fail(inOrder(this.said, this.undone));
	}

	/**
	 * An execution has failed for good, or was rolled back, and its transaction goes on.
	 * What was said about it counts with the transaction, unless it stops the engine.
	 * @param part the execution
	 * @param refusal what was said about what it has written, {@code null} if that was
	 * not refused
	 * @return the violation that stops the engine, {@code null} if there is none
	 */
	public @Nullable Stopping fail(CommitOrigin part, @Nullable Verdicts refusal) {
		if (this.settled) {
			return null;
		}
		adopt(refusal, part);
		List<Found> ended = inOrder(this.said, this.undone);
		ended.removeIf((found) -> !found.by().equals(part));
		this.said.removeAll(ended);
		this.undone.removeAll(ended);
		if (ended.stream().anyMatch(Verdicts::isStopping)) {
			return fail(ended);
		}
		this.undone.addAll(ended);
		return null;
	}

	// What was tolerated of other executions is judged again
	private void adopt(@Nullable Verdicts refusal, @Nullable CommitOrigin part) {
		if (refusal == null) {
			return;
		}
		for (Found found : refusal.said) {
			boolean known = this.said.contains(found) || this.undone.contains(found);
			if (!known && (part == null || found.by().equals(part))) {
				this.said.add(found);
			}
			else if (!known && !found.isTolerated()) {
				this.undone.add(found);
			}
		}
		this.next = Math.max(this.next, refusal.next);
		this.fatal = (refusal.fatal != null) ? refusal.fatal : this.fatal;
	}

	private @Nullable Stopping fail(List<Found> ended) {
		Stopping stopping = null;
		for (Found found : ended) {
			this.auditor.note(this.auditor.now(), null, found, increment(found));
			if (isStopping(found)) {
				stopping = new Stopping(found.violation(), found.by());
			}
		}
		return stopping;
	}

	private static boolean isStopping(Found found) {
		return found.violation().rule().policy().level() == AuditLevel.STOP;
	}

	/**
	 * What has counted.
	 *
	 * @param found what
	 * @param count how often by then
	 * @param isRecorded whether it is part of the commit
	 */
	private record Counted(Found found, long count, boolean isRecorded) {

	}

	/**
	 * What stops the engine.
	 *
	 * @param violation the violation
	 * @param by who has violated the rule
	 */
	public record Stopping(Violation violation, CommitOrigin by) {

	}

}
