package io.theus.spring;

import io.theus.engine.TheusEngineBuilder;

/**
 * Changes how the engine is made. Beans of this type are called in order after properties
 * were applied, so they have the last word.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TheusEngineCustomizer {

	/**
	 * Customize the builder.
	 * @param builder makes the engine
	 */
	void customize(TheusEngineBuilder builder);

}
