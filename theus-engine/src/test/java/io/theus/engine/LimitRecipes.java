package io.theus.engine;

import java.util.function.Consumer;

import io.theus.AuditLevel;
import io.theus.audit.recipe.AuditRecipe;
import io.theus.audit.recipe.ProcessRecipeBuilder;
import io.theus.audit.rule.AuditPolicy;

/**
 * Recipes about one process: its argument {@code amount}, or what it leaves at a path, is
 * not above a limit.
 */
final class LimitRecipes {

	private LimitRecipes() {
	}

	static AuditRecipe input(String process, AuditLevel level, long tolerated, boolean reset, long limit) {
		return input(process, new AuditPolicy(level, 0, tolerated, reset), limit);
	}

	static AuditRecipe input(String process, AuditPolicy policy, long limit) {
		return about(process, policy, (recipe) -> recipe.input("amount", (amount) -> amount.max(limit)));
	}

	static AuditRecipe output(String process, AuditLevel level, long tolerated, String path, long limit) {
		return about(process, new AuditPolicy(level, 0, tolerated, true),
				(recipe) -> recipe.output(path, (value) -> value.max(limit)));
	}

	static AuditRecipe about(String process, AuditPolicy policy, Consumer<ProcessRecipeBuilder> rules) {
		return AuditRecipe.builder()
			.process(process,
					(recipe) -> rules.accept(recipe.level(policy.level())
						.thresholdMin(policy.thresholdMin())
						.thresholdMax(policy.thresholdMax())
						.resetOnSuccess(policy.resetOnSuccess())))
			.build();
	}

}
