package io.theus.audit.recipe;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.theus.audit.rule.AuditPolicy;
import io.theus.error.TheusException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads the documents below {@code audit/good} and compares the rules with the text file
 * beside them; reads those below {@code audit/bad} and compares the message.
 */
class RecipeCorpusTests {

	private final AuditRules rules = new AuditRules();

	@ParameterizedTest
	@MethodSource("io.theus.audit.recipe.RecipeCorpus#good")
	void documentGivesTheRulesThatItSays(String name) throws IOException {
		assertThat(enforce("good", name)).isEqualTo(RecipeCorpus.read("good", name + ".txt"));
	}

	@ParameterizedTest
	@MethodSource("io.theus.audit.recipe.RecipeCorpus#bad")
	void mistakeIsReportedAtItsPlace(String name) throws IOException {
		assertThat(enforce("bad", name)).isEqualTo(RecipeCorpus.read("bad", name + ".txt"));
	}

	@Test
	void corpusIsThere() throws IOException {
		assertThat(RecipeCorpus.good()).hasSizeGreaterThanOrEqualTo(13);
		assertThat(RecipeCorpus.bad()).hasSizeGreaterThanOrEqualTo(60);
	}

	private String enforce(String folder, String name) throws IOException {
		try {
			AuditRecipe recipe = AuditRecipeParser.parse(RecipeCorpus.read(folder, name + ".yml"), name + ".yml");
			this.rules.enforce(List.of(recipe), new KnownProcesses());
			return describe(recipe);
		}
		catch (TheusException ex) {
			return ex.getMessage() + "\n";
		}
	}

	private String describe(AuditRecipe recipe) {
		StringBuilder text = new StringBuilder("processes " + recipe.processNames() + "\n");
		text.append((recipe.capacity() != null) ? "capacity " + recipe.capacity() + "\n" : "");
		recipe.invariants()
			.forEach((invariant) -> text.append("%s %s %s\n".formatted(invariant, describe(invariant.rule().policy()),
					invariant.rule().message())));
		this.rules.all().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach((entry) -> {
			text.append(entry.getKey()).append(' ').append(describe(entry.getValue().policy())).append('\n');
			entry.getValue().rules().forEach((rule) -> text.append("  ").append(describe(rule)).append('\n'));
		});
		return text.toString();
	}

	private static String describe(EnforcedRule rule) {
		return "%s %s%s %s%s (%s)".formatted(rule.id(), rule.checks(),
				(rule.condition() != null) ? " if " + rule.condition() : "", describe(rule.policy()),
				(rule.message() != null) ? " '" + rule.message() + "'" : "", rule.source());
	}

	private static String describe(AuditPolicy policy) {
		return "%s %d..%d%s".formatted(policy.level(), policy.thresholdMin(), policy.thresholdMax(),
				policy.resetOnSuccess() ? "" : " accumulating");
	}

}
