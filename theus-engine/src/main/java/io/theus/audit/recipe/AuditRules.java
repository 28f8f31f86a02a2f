package io.theus.audit.recipe;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The rules that are in force.
 * <p>
 * Safe for use by several threads. An attempt looks its rules up once, so a replacement
 * counts from the next attempt on.
 *
 * @since 0.1.0
 */
// While an application starts, a process may be called before all are known. Until the
// recipes are bound to all processes, those about a process are bound when it is called.
public final class AuditRules {

	private volatile Map<String, ProcessAudit> byProcess = Map.of();

	private volatile @Nullable Awaiting awaiting;

	/**
	 * Find the rules of a process.
	 * @param process its id
	 * @return the rules, {@code null} if there are none
	 */
	public @Nullable ProcessAudit find(String process) {
		Awaiting early = this.awaiting;
		Map<String, ProcessAudit> current = (early != null) ? early.bound : this.byProcess;
		return current.isEmpty() ? null : current.get(process);
	}

	/**
	 * Find the rules of a process that is called.
	 * @param process the process
	 * @return the rules, {@code null} if there are none
	 * @throws InvalidAuditRecipeException if its recipe cannot be enforced, as long as
	 * not all recipes are bound
	 */
	public @Nullable ProcessAudit find(AuditedProcess process) {
		Awaiting early = this.awaiting;
		return (early != null) ? early.find(process) : find(process.id());
	}

	/**
	 * Put recipes in force before all processes are known.
	 * @param recipes the recipes
	 */
	public void await(List<AuditRecipe> recipes) {
		this.awaiting = recipes.isEmpty() ? null : new Awaiting(List.copyOf(recipes));
	}

	/**
	 * Bind the recipes that were put in force before all processes were known.
	 * @param processes all processes
	 * @throws InvalidAuditRecipeException if one of them cannot be enforced
	 */
	public void bind(AuditedProcesses processes) {
		Awaiting early = this.awaiting;
		if (early != null) {
			enforce(early.recipes, processes);
		}
	}

	/**
	 * Put recipes in force, all at once, in place of what was in force.
	 * @param recipes the recipes
	 * @param processes all processes
	 * @throws InvalidAuditRecipeException if one of them cannot be enforced; then nothing
	 * changes
	 */
	public void enforce(List<AuditRecipe> recipes, AuditedProcesses processes) {
		this.byProcess = Map.copyOf(new RecipeBinder(processes).bind(recipes));
		this.awaiting = null;
	}

	/**
	 * Make rules for a fork: what is in force now, until others are put in force there.
	 * @return the rules
	 */
	public AuditRules fork() {
		AuditRules fork = new AuditRules();
		Awaiting early = this.awaiting;
		fork.byProcess = this.byProcess;
		fork.awaiting = early;
		return fork;
	}

	/**
	 * Return all rules.
	 * @return the rules by the ids of their processes, unmodifiable
	 */
	public Map<String, ProcessAudit> all() {
		Awaiting early = this.awaiting;
		return (early != null) ? Map.copyOf(early.bound) : this.byProcess;
	}

	/**
	 * Recipes of which not all processes are known.
	 */
	private static final class Awaiting {

		private final List<AuditRecipe> recipes;

		private final Map<String, ProcessAudit> bound = new ConcurrentHashMap<>();

		Awaiting(List<AuditRecipe> recipes) {
			this.recipes = recipes;
		}

		@Nullable ProcessAudit find(AuditedProcess process) {
			ProcessAudit known = this.bound.get(process.id());
			if (known != null) {
				return known;
			}
			List<ProcessRecipe> about = RecipeBinder.about(this.recipes, process);
			if (about.isEmpty()) {
				return null;
			}
			if (about.size() > 1) {
				throw RecipeBinder.twice(process, about.get(1), about.get(0));
			}
			ProcessAudit early = new RuleBinder(process, AuditedProcesses.NONE).bind(about.get(0));
			ProcessAudit first = this.bound.putIfAbsent(process.id(), early);
			return (first != null) ? first : early;
		}

	}

}
