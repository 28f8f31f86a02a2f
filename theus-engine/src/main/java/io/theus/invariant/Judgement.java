package io.theus.invariant;

import org.jspecify.annotations.Nullable;

import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Violation;
import io.theus.internal.collection.PersistentMap;
import io.theus.path.Path;
import io.theus.state.StateTree;

/**
 * One invariant and one commit. Used by one thread.
 */
final class Judgement {

	private final AuditRule rule;

	private final Proposal proposal;

	// Null where each commit is a tick
	private @Nullable TickStart start;

	private @Nullable Violation violation;

	Judgement(AuditRule rule, Proposal proposal, @Nullable TickStart start) {
		this.rule = rule;
		this.proposal = proposal;
		this.start = start;
	}

	Proposal proposal() {
		return this.proposal;
	}

	@Nullable TickStart start() {
		return this.start;
	}

	@Nullable Violation violation() {
		return this.violation;
	}

	/**
	 * Say that something is wrong. The first that is said counts.
	 * @param place where
	 * @param value the value there
	 * @param problem what is wrong with it, without the value
	 */
	void violated(Path place, @Nullable Object value, String problem) {
		if (this.violation == null) {
			this.violation = new Violation(this.rule, place.toString(), (value != StateTree.ABSENT) ? value : null,
					problem);
		}
	}

	/**
	 * Return the content with which values compare.
	 * @return the content when the tick began
	 */
	PersistentMap<Object> startRoot() {
		if (this.proposal.isInitial()) {
			return this.proposal.after();
		}
		return (this.start != null) ? this.start.root() : this.proposal.before();
	}

	/**
	 * Return what a place compares with. Where it was not there when the tick began, that
	 * is what it was before the first commit of the tick that changes it, or else what
	 * that commit makes of it.
	 * @param place the place
	 * @param before its value before the commit
	 * @param after its value as it would be
	 * @return its value when the tick began, or the first one that the tick has found
	 */
	@Nullable Object startOf(Path place, @Nullable Object before, @Nullable Object after) {
		Object stored = StateTree.find(startRoot(), place);
		TickStart known = this.start;
		if (known == null || stored != StateTree.ABSENT) {
			return stored;
		}
		String key = place.toString();
		Object first = known.found().find(key, StateTree.ABSENT);
		if (first != StateTree.ABSENT) {
			return first;
		}
		Object found = (before != StateTree.ABSENT) ? before : after;
		if (found != StateTree.ABSENT) {
			this.start = known.withFound(key, found);
		}
		return before;
	}

	void markChanged(Path place) {
		if (this.start != null) {
			this.start = this.start.withChanged(place.toString());
		}
	}

	boolean hasChanged(Path place) {
		return this.start != null && this.start.changed().containsKey(place.toString());
	}

	String since() {
		return (this.start != null) ? "when the tick began" : "before the commit";
	}

}
