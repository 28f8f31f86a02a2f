package io.theus.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

import io.theus.engine.TheusEngine;

/**
 * The engine bean, found when it is first needed. Beans are intercepted long before, and
 * looking for the engine then would make it, and all that it depends on, too early.
 */
final class EngineReference {

	private final ObjectProvider<TheusEngine> provider;

	private volatile @Nullable TheusEngine engine;

	EngineReference(ObjectProvider<TheusEngine> provider) {
		this.provider = provider;
	}

	/**
	 * Find the engine.
	 * @return the engine, {@code null} if there is none
	 */
	@Nullable TheusEngine find() {
		TheusEngine found = this.engine;
		if (found == null) {
			found = this.provider.getIfAvailable();
			this.engine = found;
		}
		return found;
	}

}
