package io.theus.spring.observation;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.theus.engine.TheusEngine;
import io.theus.parallel.WorkerPoolStatus;

/**
 * Shows how parallel execution fares, and the worker processes where there are any. All
 * of it is asked for when meters are read, and costs nothing in between.
 *
 * @since 0.1.0
 */
public final class ParallelMetrics implements MeterBinder {

	private final TheusEngine engine;

	/**
	 * Create metrics.
	 * @param engine the engine
	 */
	public ParallelMetrics(TheusEngine engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("theus.parallel.size", this.engine, (source) -> source.parallel().size())
			.description("Parallel processes that may run at the same time")
			.register(registry);
		Gauge.builder("theus.parallel.active", this.engine, (source) -> source.parallel().active())
			.description("Parallel processes that run")
			.register(registry);
		Gauge.builder("theus.parallel.queued", this.engine, (source) -> source.parallel().queued())
			.description("Parallel processes that wait for a place")
			.register(registry);
		FunctionCounter.builder("theus.parallel.completed", this.engine, (source) -> source.parallel().completed())
			.description("Attempts of parallel processes that have ended")
			.register(registry);
		FunctionCounter.builder("theus.parallel.rejected", this.engine, (source) -> source.parallel().rejected())
			.description("Parallel processes that were refused because there was no room")
			.register(registry);
		Gauge.builder("theus.workers.alive", this.engine, (source) -> workers(source, WorkerPoolStatus::alive))
			.description("Worker processes that are alive")
			.register(registry);
		FunctionCounter
			.builder("theus.workers.started", this.engine, (source) -> workers(source, WorkerPoolStatus::started))
			.description("Worker processes that were started")
			.register(registry);
		FunctionCounter.builder("theus.workers.died", this.engine, (source) -> workers(source, WorkerPoolStatus::died))
			.description("Worker processes that ended without being told to, or had to be killed")
			.register(registry);
	}

	private static double workers(TheusEngine engine, ToDoubleFunction<WorkerPoolStatus> figure) {
		WorkerPoolStatus workers = engine.parallel().workers();
		return (workers != null) ? figure.applyAsDouble(workers) : 0;
	}

}
