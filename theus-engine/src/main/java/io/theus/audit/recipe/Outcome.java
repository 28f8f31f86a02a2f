package io.theus.audit.recipe;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.audit.rule.AuditRule;
import io.theus.audit.rule.Findings;
import io.theus.audit.rule.Violation;
import io.theus.path.Path;

/**
 * What a rule found at one place or at all of its places. Only a violation is an object
 * of its own, which learns where it is on the way back from the value.
 */
final class Outcome {

	/**
	 * There was no value.
	 */
	static final Outcome NOTHING = new Outcome(null, "");

	/**
	 * There were values, and all are as they should be.
	 */
	static final Outcome KEPT = new Outcome(null, "");

	private final @Nullable Object value;

	private final String problem;

	// From the value upwards
	private final List<String> segments = new ArrayList<>(0);

	private Outcome(@Nullable Object value, String problem) {
		this.value = value;
		this.problem = problem;
	}

	static Outcome violated(@Nullable Object value, String problem) {
		return new Outcome(value, problem);
	}

	boolean isViolation() {
		return this != NOTHING && this != KEPT;
	}

	Outcome below(String segment) {
		if (isViolation()) {
			this.segments.add(segment);
		}
		return this;
	}

	Outcome below(Path path, int length) {
		for (int i = length - 1; i >= 0 && isViolation(); i--) {
			this.segments.add(path.segment(i));
		}
		return this;
	}

	// At the same place for another reason
	Outcome because(String reason) {
		Outcome other = new Outcome(this.value, reason);
		other.segments.addAll(this.segments);
		return other;
	}

	// One violation is enough, and one value that is there counts as checked
	static Outcome both(Outcome first, Outcome second) {
		if (first.isViolation() || second == NOTHING) {
			return first;
		}
		return second;
	}

	void report(AuditRule rule, @Nullable String argument, Findings findings) {
		if (isViolation()) {
			findings.violated(new Violation(rule, path(argument), this.value, this.problem));
		}
		else if (this == KEPT) {
			findings.kept(rule);
		}
	}

	// The name of an argument is no layer
	private String path(@Nullable String argument) {
		int last = this.segments.size() - 1;
		Path path = Path.parse((argument != null || last < 0) ? "domain" : this.segments.get(last));
		for (int i = (argument != null) ? last : last - 1; i >= 0; i--) {
			path = path.child(this.segments.get(i));
		}
		return (argument != null) ? argument + path.toString().substring("domain".length()) : path.toString();
	}

}
