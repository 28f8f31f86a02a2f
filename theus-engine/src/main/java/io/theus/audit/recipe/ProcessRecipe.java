package io.theus.audit.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * What a recipe says about a process, or a template.
 *
 * @param name the name of the process or template
 * @param inherits the names of templates, later ones before earlier ones
 * @param policy what follows from a violation, as far as it says
 * @param rules its own rules, in the order in which they are checked
 */
record ProcessRecipe(RecipeText name, List<RecipeText> inherits, PolicyValues policy, List<RuleSpec> rules) {

	// A name that begins with it is that of a template, wherever it stands
	private static final String TEMPLATE = "_";

	boolean isTemplate() {
		return this.name.text().startsWith(TEMPLATE);
	}

	/**
	 * Extend another recipe.
	 * @param inherited what is inherited
	 * @return this recipe with the inherited rules about other fields before its own
	 */
	ProcessRecipe extend(ProcessRecipe inherited) {
		List<RuleSpec> all = new ArrayList<>(inherited.rules);
		all.removeIf((rule) -> this.rules.stream().anyMatch((own) -> own.replaces(rule)));
		all.addAll(this.rules);
		return new ProcessRecipe(this.name, this.inherits, this.policy.over(inherited.policy), all);
	}

	ProcessRecipe over(PolicyValues around) {
		PolicyValues effective = this.policy.over(around);
		return new ProcessRecipe(this.name, this.inherits, effective,
				this.rules.stream().map((rule) -> rule.over(effective)).toList());
	}

}
