package io.theus.audit.recipe;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.store.Verdict;

/**
 * A rule as a recipe says it.
 *
 * @param kind what it is about
 * @param field whose value is checked
 * @param checks what is demanded of the value, in this order
 * @param required whether there must be a value
 * @param condition when the rule applies, {@code null} for always
 * @param message what to say in place of what the check says, {@code null} for that
 * @param policy what follows, as far as the rule says it
 */
record RuleSpec(Verdict.Kind kind, RecipeText field, List<Check> checks, boolean required,
		@Nullable RecipeText condition, @Nullable String message, PolicyValues policy) {

	boolean replaces(RuleSpec other) {
		return this.kind == other.kind && this.field.text().equals(other.field.text());
	}

	RuleSpec over(PolicyValues around) {
		return new RuleSpec(this.kind, this.field, this.checks, this.required, this.condition, this.message,
				this.policy.over(around));
	}

}
