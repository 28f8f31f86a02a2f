package io.theus.audit.recipe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.AuditLevel;
import io.theus.invariant.Invariant;

/**
 * Builds a recipe. What it says about violations counts for all rules that do not say it
 * themselves.
 *
 * @since 0.1.0
 */
public final class AuditRecipeBuilder {

	private static final String JAVA = "Java";

	private final List<ProcessRecipe> templates = new ArrayList<>();

	private final List<ProcessRecipe> processes = new ArrayList<>();

	private PolicyValues policy = PolicyValues.NONE;

	private @Nullable Integer capacity;

	private final List<Invariant> invariants = new ArrayList<>();

	AuditRecipeBuilder() {
	}

	/**
	 * Set what follows from a violation.
	 * @param level the level, {@link AuditLevel#BLOCK} by default
	 * @return this
	 */
	public AuditRecipeBuilder level(AuditLevel level) {
		this.policy = this.policy.withLevel(level);
		return this;
	}

	/**
	 * Set from which count on a tolerated violation is a warning.
	 * @param count the count, 0 for never, the default
	 * @return this
	 */
	public AuditRecipeBuilder thresholdMin(long count) {
		this.policy = this.policy.withThresholdMin(notNegative("threshold-min", count));
		return this;
	}

	/**
	 * Set up to which count violations of level {@link AuditLevel#BLOCK} are tolerated.
	 * @param count the count, 0 for none, the default
	 * @return this
	 */
	public AuditRecipeBuilder thresholdMax(long count) {
		this.policy = this.policy.withThresholdMax(notNegative("threshold-max", count));
		return this;
	}

	/**
	 * Set whether a commit that keeps a rule sets its count to 0.
	 * @param reset whether it does, by default it does
	 * @return this
	 */
	public AuditRecipeBuilder resetOnSuccess(boolean reset) {
		this.policy = this.policy.withResetOnSuccess(reset);
		return this;
	}

	/**
	 * Set how many entries the trail keeps, where the engine does not say.
	 * @param entries at least 1
	 * @return this
	 */
	public AuditRecipeBuilder capacity(int entries) {
		if (entries < 1) {
			throw new IllegalArgumentException(
					"audit capacity is too small: value=%d, use 1 or more".formatted(entries));
		}
		this.capacity = entries;
		return this;
	}

	/**
	 * Add rules that processes can inherit.
	 * @param name the name of the template
	 * @param declaration declares the rules
	 * @return this
	 */
	public AuditRecipeBuilder template(String name, Consumer<ProcessRecipeBuilder> declaration) {
		return add(this.templates, new ProcessRecipeBuilder(RecipeText.of(name)), declaration);
	}

	/**
	 * Add the rules of a process.
	 * @param name its id, its short name, or a relaxed spelling of either
	 * @param declaration declares the rules
	 * @return this
	 */
	public AuditRecipeBuilder process(String name, Consumer<ProcessRecipeBuilder> declaration) {
		return add(this.processes, new ProcessRecipeBuilder(RecipeText.of(name)), declaration);
	}

	/**
	 * Add rules that every commit must keep. What follows from a violation is said by
	 * each of them, not by the recipe.
	 * @param newInvariants the invariants, each with a name of its own
	 * @return this
	 */
	public AuditRecipeBuilder invariants(Collection<Invariant> newInvariants) {
		this.invariants.addAll(newInvariants);
		return this;
	}

	private AuditRecipeBuilder add(List<ProcessRecipe> to, ProcessRecipeBuilder builder,
			Consumer<ProcessRecipeBuilder> declaration) {
		declaration.accept(builder);
		ProcessRecipe recipe = builder.build();
		if (to.stream().anyMatch((other) -> other.name().text().equals(recipe.name().text()))) {
			throw new IllegalArgumentException("audit recipe has '%s' twice, declare it once".formatted(recipe.name()));
		}
		to.add(recipe);
		return this;
	}

	/**
	 * Build the recipe.
	 * @return the recipe
	 * @throws InvalidAuditRecipeException if something is inherited that does not exist
	 */
	public AuditRecipe build() {
		return build(JAVA);
	}

	AuditRecipe build(String source) {
		return new AuditRecipe(source, this.capacity, this.policy, this.templates, this.processes, this.invariants);
	}

	PolicyValues policy() {
		return this.policy;
	}

	void policy(PolicyValues values) {
		this.policy = values;
	}

	void template(ProcessRecipe template) {
		this.templates.add(template);
	}

	void process(ProcessRecipe process) {
		this.processes.add(process);
	}

	static long notNegative(String name, long count) {
		if (count < 0) {
			throw new IllegalArgumentException(
					"audit %s cannot be negative: value=%d, use 0 for none".formatted(name, count));
		}
		return count;
	}

}
