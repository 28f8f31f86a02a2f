package io.theus.audit.recipe;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.InvalidYamlException;
import io.theus.internal.yaml.YamlMap;
import io.theus.internal.yaml.YamlNode;
import io.theus.internal.yaml.YamlParser;
import io.theus.internal.yaml.YamlScalar;
import io.theus.invariant.YamlInvariants;

/**
 * Reads recipes in YAML. The document is described in docs/audit.md. Documents for Theus
 * for Python are read as they are.
 * <p>
 * All methods are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class AuditRecipeParser {

	private AuditRecipeParser() {
	}

	/**
	 * Read a recipe.
	 * @param text the document
	 * @param resource the name of the file or other source, for messages
	 * @return the recipe, without rules if the document is empty
	 * @throws InvalidYamlException if the document is not acceptable YAML
	 * @throws InvalidAuditRecipeException if it is not a recipe
	 */
	public static AuditRecipe parse(String text, String resource) {
		YamlNode root = YamlParser.parse(text, resource);
		AuditRecipeBuilder builder = AuditRecipe.builder();
		try {
			if (!(root instanceof YamlScalar scalar && scalar.value() == null)) {
				read(root.asMap(), builder);
			}
			return builder.build(resource);
		}
		catch (InvalidYamlException ex) {
			throw new InvalidAuditRecipeException(ex.problem(), ex.position(), ex);
		}
	}

	private static void read(YamlMap document, AuditRecipeBuilder builder) {
		RecipeKeys keys = new RecipeKeys(document, RecipeKeys.of(RecipeKeys.POLICY, "audit", "processes", "templates",
				"invariants", "capacity", "version", "description"));
		readPolicy(keys, builder);
		for (YamlMap.Entry entry : members(keys.find("templates"))) {
			builder.template(ProcessRecipeReader.read(entry));
		}
		for (YamlMap.Entry entry : members(keys.find("processes"))) {
			builder.process(ProcessRecipeReader.read(entry));
		}
		YamlNode invariants = keys.find("invariants");
		if (invariants != null) {
			builder.invariants(YamlInvariants.read(invariants, builder.policy().policy()));
		}
	}

	// It may stand in a section of its own, or where everything stands
	private static void readPolicy(RecipeKeys document, AuditRecipeBuilder builder) {
		PolicyValues own = RecipeScalars.policy(document);
		RecipeKeys keys = document;
		YamlNode section = document.find("audit");
		if (section != null) {
			keys = new RecipeKeys(section.asMap(), RecipeKeys.of(RecipeKeys.POLICY, "capacity"));
			for (Map.Entry<String, YamlMap.Entry> entry : keys.entries().entrySet()) {
				YamlMap.Entry other = document.entries().get(entry.getKey());
				if (other != null) {
					throw other
						.error("duplicate key '%s', it is given in section 'audit' as well".formatted(other.key()));
				}
			}
		}
		builder.policy(RecipeScalars.policy(keys).over(own));
		YamlNode capacity = keys.find("capacity");
		capacity = (capacity != null) ? capacity : document.find("capacity");
		if (capacity != null) {
			builder.capacity((int) RecipeScalars.wholeNumber(capacity, 1, Integer.MAX_VALUE));
		}
	}

	private static Iterable<YamlMap.Entry> members(@Nullable YamlNode node) {
		return (node != null) ? node.asMap().entries() : List.of();
	}

}
