package io.theus.audit.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.theus.AuditLevel;
import io.theus.store.Verdict;

/**
 * Builds the rules of a process or a template. What it says about violations beats what
 * is inherited and what the recipe says, and is beaten by what a rule says.
 *
 * @since 0.1.0
 */
public final class ProcessRecipeBuilder {

	private final RecipeText name;

	private final List<RecipeText> inherits = new ArrayList<>();

	private final List<RuleSpec> rules = new ArrayList<>();

	private PolicyValues policy = PolicyValues.NONE;

	ProcessRecipeBuilder(RecipeText name) {
		this.name = name;
	}

	/**
	 * Inherit rules. A rule of one's own replaces those about the same field.
	 * @param templates names of templates; where two have rules about one field, those of
	 * the later one count
	 * @return this
	 */
	public ProcessRecipeBuilder inherits(String... templates) {
		for (String template : templates) {
			this.inherits.add(RecipeText.of(template));
		}
		return this;
	}

	/**
	 * Set what follows from a violation.
	 * @param level the level
	 * @return this
	 */
	public ProcessRecipeBuilder level(AuditLevel level) {
		this.policy = this.policy.withLevel(level);
		return this;
	}

	/**
	 * Set from which count on a tolerated violation, or a failure of the process, is a
	 * warning.
	 * @param count the count, 0 for never
	 * @return this
	 */
	public ProcessRecipeBuilder thresholdMin(long count) {
		this.policy = this.policy.withThresholdMin(AuditRecipeBuilder.notNegative("threshold-min", count));
		return this;
	}

	/**
	 * Set up to which count violations of level {@link AuditLevel#BLOCK} are tolerated.
	 * @param count the count, 0 for none
	 * @return this
	 */
	public ProcessRecipeBuilder thresholdMax(long count) {
		this.policy = this.policy.withThresholdMax(AuditRecipeBuilder.notNegative("threshold-max", count));
		return this;
	}

	/**
	 * Set whether success sets counts to 0.
	 * @param reset whether it does
	 * @return this
	 */
	public ProcessRecipeBuilder resetOnSuccess(boolean reset) {
		this.policy = this.policy.withResetOnSuccess(reset);
		return this;
	}

	/**
	 * Add a rule about what the process is called with, or the state that it begins with.
	 * @param field an argument, a path into one, or a path or pattern of the state
	 * @param declaration declares what is demanded
	 * @return this
	 */
	public ProcessRecipeBuilder input(String field, Consumer<AuditRuleBuilder> declaration) {
		return add(Verdict.Kind.INPUT, field, declaration);
	}

	/**
	 * Add a rule about what the process writes.
	 * @param field a path or pattern of the state, or the last segment of a declared
	 * output
	 * @param declaration declares what is demanded
	 * @return this
	 */
	public ProcessRecipeBuilder output(String field, Consumer<AuditRuleBuilder> declaration) {
		return add(Verdict.Kind.OUTPUT, field, declaration);
	}

	private ProcessRecipeBuilder add(Verdict.Kind kind, String field, Consumer<AuditRuleBuilder> declaration) {
		AuditRuleBuilder builder = new AuditRuleBuilder(kind, RecipeText.of(field));
		declaration.accept(builder);
		this.rules.add(builder.build());
		return this;
	}

	void inherits(RecipeText template) {
		this.inherits.add(template);
	}

	void policy(PolicyValues values) {
		this.policy = values;
	}

	void rule(RuleSpec rule) {
		this.rules.add(rule);
	}

	ProcessRecipe build() {
		return new ProcessRecipe(this.name, List.copyOf(this.inherits), this.policy, List.copyOf(this.rules));
	}

}
