package io.theus.spring.boot.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

import io.theus.audit.recipe.AuditRecipe;
import io.theus.engine.TheusEngine;
import io.theus.spring.ProcessRegistrar;

/**
 * Auto-configuration of the rules about what processes do.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = TheusAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = { "theus.enabled", "theus.audit.enabled" }, matchIfMissing = true)
public final class TheusAuditAutoConfiguration {

	@Bean
	AuditDocuments theusAuditDocuments(TheusProperties properties, ApplicationContext context,
			ObjectProvider<AuditRecipe> recipes) {
		return new AuditDocuments(context, properties.audit().location(), recipes.orderedStream().toList());
	}

	@Bean
	AuditCustomizer theusAuditCustomizer(TheusProperties properties, AuditDocuments documents) {
		return new AuditCustomizer(properties.audit(), documents);
	}

	// The recipes it began with are checked before others are looked for
	@Bean
	@ConditionalOnBooleanProperty("theus.audit.reload")
	AuditReload theusAuditReload(TheusEngine engine, ProcessRegistrar processes, AuditDocuments documents,
			AuditCustomizer customizer, TheusProperties properties) {
		return new AuditReload(engine, documents, customizer.texts(), properties.audit().reloadInterval());
	}

}
