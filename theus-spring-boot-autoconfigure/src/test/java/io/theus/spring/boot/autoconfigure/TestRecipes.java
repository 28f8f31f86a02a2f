package io.theus.spring.boot.autoconfigure;

import java.util.function.Consumer;

import io.theus.AuditLevel;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.audit.recipe.AuditRuleBuilder;
import io.theus.spring.TheusEngineCustomizer;

/**
 * Recipes with one rule each, about an argument or about what a process leaves at a path.
 */
final class TestRecipes {

	private TestRecipes() {
	}

	static TheusEngineCustomizer enforced(AuditRecipe... recipes) {
		return (builder) -> builder.audit(recipes);
	}

	// A text that does not begin with 'bad'
	static AuditRecipe text(String process, String field, AuditLevel level, long tolerated) {
		return recipe(process, field, level, tolerated, (text) -> text.regex("(?!bad).*").message("is bad"));
	}

	// A number up to 100
	static AuditRecipe number(String process, String field, AuditLevel level, long tolerated) {
		return recipe(process, field, level, tolerated, (number) -> number.max(100));
	}

	static AuditRecipe never(String process, String field, AuditLevel level) {
		return recipe(process, field, level, 0, (value) -> value.expression("false").message("is never right"));
	}

	private static AuditRecipe recipe(String process, String field, AuditLevel level, long tolerated,
			Consumer<AuditRuleBuilder> rule) {
		return AuditRecipe.builder()
			.level(level)
			.thresholdMax(tolerated)
			.resetOnSuccess(false)
			.process(process, (recipe) -> {
				if (field.startsWith("domain.")) {
					recipe.output(field, rule);
				}
				else {
					recipe.input(field, rule);
				}
			})
			.build();
	}

}
