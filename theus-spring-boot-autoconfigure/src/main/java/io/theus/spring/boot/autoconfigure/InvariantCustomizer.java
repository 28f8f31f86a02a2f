package io.theus.spring.boot.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;

import io.theus.engine.TheusEngineBuilder;
import io.theus.invariant.Invariant;
import io.theus.spring.TheusEngineCustomizer;

/**
 * Gives the engine the invariants among the beans.
 */
final class InvariantCustomizer implements TheusEngineCustomizer, Ordered {

	private final ObjectProvider<Invariant> invariants;

	InvariantCustomizer(ObjectProvider<Invariant> invariants) {
		this.invariants = invariants;
	}

	// Before customizers of the application, after the other properties
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE + 1;
	}

	@Override
	public void customize(TheusEngineBuilder builder) {
		builder.invariants(this.invariants.orderedStream().toArray(Invariant[]::new));
	}

}
