package io.theus.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.ResourcePatternResolver;

import io.theus.audit.recipe.AuditRecipe;
import io.theus.audit.recipe.AuditRecipeParser;

/**
 * Finds recipes: the one that the properties name, and beans.
 */
final class AuditDocuments {

	// With the asterisk it need not exist
	private static final String DEFAULT_LOCATION = "classpath*:theus/audit.yml";

	private final Documents documents;

	private final @Nullable String location;

	private final List<AuditRecipe> beans;

	AuditDocuments(ResourcePatternResolver resources, @Nullable String location, List<AuditRecipe> beans) {
		this.documents = new Documents(resources);
		this.location = location;
		this.beans = List.copyOf(beans);
	}

	/**
	 * Read the documents.
	 * @return the documents by place
	 * @throws InvalidTheusPropertyException if the properties name one that is not there
	 */
	Map<String, String> read() {
		String place = (this.location != null) ? this.location : DEFAULT_LOCATION;
		Map<String, String> found = this.documents.read("theus.audit.location", List.of(place));
		if (found.isEmpty() && this.location != null) {
			throw new InvalidTheusPropertyException("theus.audit.location",
					"location '%s' not found, name a file that exists".formatted(place));
		}
		return found;
	}

	/**
	 * Read recipes.
	 * @param texts the documents by place
	 * @return all recipes that are to be in force
	 */
	List<AuditRecipe> recipes(Map<String, String> texts) {
		List<AuditRecipe> recipes = new ArrayList<>();
		texts.forEach((place, text) -> recipes.add(AuditRecipeParser.parse(text, place)));
		recipes.addAll(this.beans);
		return recipes;
	}

}
