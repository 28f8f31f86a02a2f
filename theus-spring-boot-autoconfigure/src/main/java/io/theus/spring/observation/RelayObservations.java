package io.theus.spring.observation;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.theus.outbox.OutboxRelay;
import io.theus.spring.OutboxRelayDecorator;

/**
 * Observes what a relay is given.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RelayObservations implements OutboxRelayDecorator, SmartInitializingSingleton {

	private final ObjectProvider<ObservationRegistry> registries;

	private final ObjectProvider<RelayObservationConvention> conventions;

	// Written before the registry, read after it
	private @Nullable RelayObservationConvention convention;

	private volatile ObservationRegistry registry = ObservationRegistry.NOOP;

	/**
	 * Create observations.
	 * @param registries where they are made, asked for when all singletons have been made
	 * @param conventions how they are named, if not by default, likewise
	 */
	public RelayObservations(ObjectProvider<ObservationRegistry> registries,
			ObjectProvider<RelayObservationConvention> conventions) {
		this.registries = registries;
		this.conventions = conventions;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.convention = this.conventions.getIfUnique();
		this.registry = this.registries.getIfUnique(() -> ObservationRegistry.NOOP);
	}

	@Override
	public OutboxRelay decorate(OutboxRelay relay) {
		return new ObservedRelay(relay, () -> this.registry, () -> this.convention);
	}

}
