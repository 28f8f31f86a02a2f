package io.theus.audit.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.theus.error.Suggestions;

/**
 * Resolves what the processes of a recipe inherit.
 */
final class RecipeInheritance {

	private final Map<String, ProcessRecipe> known = new HashMap<>();

	private final Map<String, ProcessRecipe> resolved = new HashMap<>();

	private final List<String> resolving = new ArrayList<>();

	// A process may be inherited from as well, a template of the same name comes first
	RecipeInheritance(List<ProcessRecipe> templates, List<ProcessRecipe> processes) {
		processes.forEach((recipe) -> this.known.put(recipe.name().text(), recipe));
		templates.forEach((recipe) -> this.known.put(recipe.name().text(), recipe));
	}

	/**
	 * Resolve one recipe.
	 * @param recipe the recipe
	 * @return the recipe with all that it inherits
	 * @throws InvalidAuditRecipeException if it inherits what does not exist, or itself
	 */
	ProcessRecipe resolve(ProcessRecipe recipe) {
		ProcessRecipe all = recipe;
		ProcessRecipe inherited = null;
		this.resolving.add(recipe.name().text());
		for (RecipeText name : recipe.inherits()) {
			ProcessRecipe next = named(recipe, name);
			inherited = (inherited != null) ? next.extend(inherited) : next;
		}
		this.resolving.remove(this.resolving.size() - 1);
		if (inherited != null) {
			all = recipe.extend(inherited);
		}
		return all;
	}

	private ProcessRecipe named(ProcessRecipe heir, RecipeText name) {
		ProcessRecipe found = this.known.get(name.text());
		if (found == null) {
			throw name
				.error("'%s' inherits '%s', and there is no such template%s, known=%s".formatted(heir.name(), name,
						Suggestions.didYouMean(name.text(), this.known.keySet()), new TreeSet<>(this.known.keySet())));
		}
		int begun = this.resolving.indexOf(name.text());
		if (begun >= 0) {
			List<String> circle = new ArrayList<>(this.resolving.subList(begun, this.resolving.size()));
			circle.add(name.text());
			throw name.error("'%s' inherits itself: %s".formatted(name, String.join(" -> ", circle)));
		}
		ProcessRecipe known = this.resolved.get(name.text());
		if (known == null) {
			known = resolve(found);
			this.resolved.put(name.text(), known);
		}
		return known;
	}

}
