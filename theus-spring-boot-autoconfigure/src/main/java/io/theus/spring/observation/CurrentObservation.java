package io.theus.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.theus.telemetry.ThreadBound;
import io.theus.telemetry.ThreadContext;

/**
 * Takes the current observation along, and nothing else. For applications without
 * {@code io.micrometer:context-propagation}.
 *
 * @since 0.1.0
 */
public final class CurrentObservation implements ThreadContext, SmartInitializingSingleton {

	private final ObjectProvider<ObservationRegistry> registries;

	private volatile ObservationRegistry registry = ObservationRegistry.NOOP;

	/**
	 * Create a context.
	 * @param registries the registry that has the current observation, asked for when all
	 * singletons have been made
	 */
	public CurrentObservation(ObjectProvider<ObservationRegistry> registries) {
		this.registries = registries;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.registry = this.registries.getIfUnique(() -> ObservationRegistry.NOOP);
	}

	@Override
	public ThreadBound capture() {
		Observation current = this.registry.getCurrentObservation();
		return (current != null) ? () -> ObservedActivity.bind(current) : ThreadBound.NOTHING;
	}

}
