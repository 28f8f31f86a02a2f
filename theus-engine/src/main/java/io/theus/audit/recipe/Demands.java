package io.theus.audit.recipe;

import org.jspecify.annotations.Nullable;

import io.theus.state.StateTree;

/**
 * What a rule demands of each value, ready to be asked.
 */
final class Demands {

	private final Check[] checks;

	private final boolean required;

	private final @Nullable Formula condition;

	private final boolean needsScope;

	Demands(Check[] checks, boolean required, @Nullable Formula condition) {
		this.checks = checks;
		this.required = required;
		this.condition = condition;
		boolean scoped = condition != null;
		for (Check check : checks) {
			scoped |= check.needsScope();
		}
		this.needsScope = scoped;
	}

	boolean isRequired() {
		return this.required;
	}

	boolean isOnlyPresence() {
		return this.checks.length == 0;
	}

	boolean needsScope() {
		return this.needsScope;
	}

	/**
	 * Ask whether the rule applies at all, if that makes a difference.
	 * @param outcome what was found
	 * @param scope what the condition sees
	 * @return what was found, nothing if the rule does not apply
	 */
	Outcome ifApplies(Outcome outcome, @Nullable ValueScope scope) {
		if (this.condition == null || scope == null || outcome == Outcome.NOTHING) {
			return outcome;
		}
		Boolean applies = this.condition.test(scope);
		if (applies == null) {
			return outcome
				.because("cannot be judged, condition=%s cannot be evaluated".formatted(this.condition.source()));
		}
		return applies ? outcome : Outcome.NOTHING;
	}

	Outcome judge(@Nullable Object found, @Nullable ValueScope scope) {
		Object value = ArgumentPlace.unwrapped(found);
		if (value == null || value == StateTree.ABSENT) {
			return this.required ? Outcome.violated(null, "is missing") : Outcome.NOTHING;
		}
		for (Check check : this.checks) {
			if (!check.holds(value, scope)) {
				return Outcome.violated(value, check.problem(value));
			}
		}
		return Outcome.KEPT;
	}

}
