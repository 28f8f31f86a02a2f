package io.theus.spring.boot.autoconfigure;

import java.util.Map;

import org.springframework.core.Ordered;

import io.theus.audit.recipe.AuditRecipe;
import io.theus.engine.TheusEngineBuilder;
import io.theus.spring.TheusEngineCustomizer;

/**
 * Gives the engine the recipes.
 */
final class AuditCustomizer implements TheusEngineCustomizer, Ordered {

	private final TheusProperties.Audit properties;

	private final AuditDocuments documents;

	private Map<String, String> texts = Map.of();

	AuditCustomizer(TheusProperties.Audit properties, AuditDocuments documents) {
		this.properties = properties;
		this.documents = documents;
	}

	// Before customizers of the application, after the other properties
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 1;
	}

	@Override
	public void customize(TheusEngineBuilder builder) {
		this.texts = this.documents.read();
		builder.audit(this.documents.recipes(this.texts).toArray(AuditRecipe[]::new));
		Integer capacity = this.properties.capacity();
		if (capacity != null) {
			PropertiesEngineCustomizer.set("theus.audit.capacity", () -> builder.auditCapacity(capacity));
		}
	}

	// What the engine began with
	Map<String, String> texts() {
		return this.texts;
	}

}
