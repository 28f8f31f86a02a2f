package io.theus.audit.recipe;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.invariant.Invariant;

/**
 * The rules of an application about its processes. Recipes are read by an
 * {@link AuditRecipeParser} or built in Java:
 *
 * <pre>{@code
 * AuditRecipe.builder()
 *     .process("transfer", (transfer) -> transfer
 *         .input("amount", (amount) -> amount.min(1).max(10_000))
 *         .output("domain.accounts.*", (account) -> account.min(0).level(AuditLevel.STOP)))
 *     .build();
 * }</pre>
 * <p>
 * Immutable and safe for use by several threads. Whether the processes and fields exist
 * shows only when a recipe is put in force.
 *
 * @since 0.1.0
 */
public final class AuditRecipe {

	private final String source;

	private final @Nullable Integer capacity;

	private final List<ProcessRecipe> processes;

	private final List<Invariant> invariants;

	AuditRecipe(String source, @Nullable Integer capacity, PolicyValues policy, List<ProcessRecipe> templates,
			List<ProcessRecipe> processes, List<Invariant> invariants) {
		this.source = source;
		this.capacity = capacity;
		this.invariants = List.copyOf(invariants);
		RecipeInheritance inheritance = new RecipeInheritance(templates, processes);
		// Those that nobody inherits have to be right as well
		templates.forEach(inheritance::resolve);
		List<ProcessRecipe> effective = new ArrayList<>();
		for (ProcessRecipe process : processes) {
			ProcessRecipe resolved = inheritance.resolve(process).over(policy);
			if (!process.isTemplate()) {
				effective.add(resolved);
			}
		}
		this.processes = List.copyOf(effective);
	}

	/**
	 * Build a recipe in Java.
	 * @return a builder without rules
	 */
	public static AuditRecipeBuilder builder() {
		return new AuditRecipeBuilder();
	}

	/**
	 * Return where the recipe comes from.
	 * @return the name of the file or other source, {@code Java} if it was built
	 */
	public String source() {
		return this.source;
	}

	/**
	 * Return how many entries of the trail it asks for.
	 * @return the number, {@code null} if it does not say
	 */
	public @Nullable Integer capacity() {
		return this.capacity;
	}

	/**
	 * Return which processes have rules.
	 * @return the names as they are written, in the order of the document
	 */
	public List<String> processNames() {
		return this.processes.stream().map((process) -> process.name().text()).toList();
	}

	/**
	 * Return the rules over the state as a whole.
	 * @return the invariants, in the order of the document
	 */
	public List<Invariant> invariants() {
		return this.invariants;
	}

	List<ProcessRecipe> processes() {
		return this.processes;
	}

	@Override
	public String toString() {
		return this.source;
	}

}
