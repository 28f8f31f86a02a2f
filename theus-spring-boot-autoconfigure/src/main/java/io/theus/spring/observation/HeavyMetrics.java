package io.theus.spring.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.theus.engine.TheusEngine;
import io.theus.heavy.HeavyState;
import io.theus.heavy.HeavyZone;

/**
 * Shows how much shared memory the arrays of an engine take. All of it is asked for when
 * meters are read, and costs nothing in between.
 *
 * @since 0.1.0
 */
public final class HeavyMetrics implements MeterBinder {

	private final TheusEngine engine;

	/**
	 * Create metrics.
	 * @param engine the engine
	 */
	public HeavyMetrics(TheusEngine engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		HeavyZone zone = this.engine.heavy();
		Gauge.builder("theus.heavy.used", zone, (source) -> source.status().used())
			.description("Memory of arrays that has a name or is still mapped")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		Gauge.builder("theus.heavy.capacity", zone, (source) -> source.status().capacity())
			.description("Memory that arrays may take")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		for (HeavyState state : HeavyState.values()) {
			Gauge.builder("theus.heavy.segments", zone, (source) -> source.status().segments().getOrDefault(state, 0))
				.description("Segments of memory that hold arrays")
				.tag("state", state.name())
				.register(registry);
		}
		FunctionCounter.builder("theus.heavy.allocations", zone, (source) -> source.status().allocated())
			.description("Segments that were allocated")
			.register(registry);
		FunctionCounter.builder("theus.heavy.reclaimed", zone, (source) -> source.status().reclaimed())
			.description("Segments of dead owners that were removed")
			.register(registry);
	}

}
