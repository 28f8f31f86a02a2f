package io.theus.spring.observation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.theus.engine.TheusEngine;
import io.theus.outbox.Outbox;
import io.theus.run.RunState;
import io.theus.run.Workflows;
import io.theus.signal.SignalHub;

/**
 * Shows the version of the state, which is the number of its commits, how commits get
 * along, how the outbox fares, and how many runs of workflows there are by state. All of
 * it is asked for when meters are read, and costs nothing in between.
 *
 * @since 0.1.0
 */
public final class EngineMetrics implements MeterBinder {

	private final TheusEngine engine;

	/**
	 * Create metrics.
	 * @param engine the engine
	 */
	public EngineMetrics(TheusEngine engine) {
		this.engine = engine;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder("theus.state.version", this.engine, EngineMetrics::version)
			.description("The version of the state")
			.register(registry);
		FunctionCounter.builder("theus.commits", this.engine, EngineMetrics::version)
			.description("Commits since the store is in use")
			.register(registry);
		Gauge.builder("theus.history.versions", this.engine, EngineMetrics::versionsKept)
			.description("Versions of the state that are kept")
			.register(registry);
		FunctionCounter.builder("theus.conflicts", this.engine, (source) -> source.conflicts(0).refused())
			.description("Commits that were refused because of others, those of processes and all others")
			.register(registry);
		FunctionCounter.builder("theus.tickets", this.engine, (source) -> source.conflicts(0).ticketsIssued())
			.description("Executions that were preferred to others")
			.register(registry);
		FunctionCounter.builder("theus.tickets.lost", this.engine, (source) -> source.conflicts(0).ticketsLost())
			.description("Tickets that ended with their lease because their holder was gone")
			.register(registry);
		bindSignals(this.engine.signals(), registry);
		bindOutbox(this.engine.outbox(), registry);
		bindRuns(this.engine.workflows(), registry);
	}

	private static double version(TheusEngine engine) {
		return engine.state().version();
	}

	private static double versionsKept(TheusEngine engine) {
		return engine.state().version() - engine.history().oldest() + 1;
	}

	private static void bindSignals(SignalHub hub, MeterRegistry registry) {
		FunctionCounter.builder("theus.signals.published", hub, (source) -> source.status().published())
			.description("Signals that were published")
			.register(registry);
		Gauge.builder("theus.signals.subscribers", hub, (source) -> source.status().subscribers())
			.description("Subscriptions that are open")
			.register(registry);
		Gauge.builder("theus.signals.lag", hub, (source) -> source.status().lag())
			.description("Signals that the slowest subscriber has not looked at yet")
			.register(registry);
		Gauge.builder("theus.signals.capacity", hub, (source) -> source.status().capacity())
			.description("Signals that are retained: who lags further behind misses some")
			.register(registry);
		FunctionCounter.builder("theus.signals.missed", hub, (source) -> source.status().missed())
			.description("Signals that were overwritten before subscribers came to them")
			.register(registry);
	}

	private static void bindOutbox(Outbox outbox, MeterRegistry registry) {
		Gauge.builder("theus.outbox.pending", outbox, (source) -> source.status().held())
			.description("Messages that are not delivered yet")
			.register(registry);
		TimeGauge.builder("theus.outbox.oldest", outbox, TimeUnit.MILLISECONDS, EngineMetrics::oldestMillis)
			.description("How long ago the oldest message that is not delivered was committed")
			.register(registry);
		FunctionCounter.builder("theus.outbox.sent", outbox, (source) -> source.status().sent())
			.description("Messages that were delivered")
			.register(registry);
		FunctionCounter.builder("theus.outbox.failures", outbox, (source) -> source.status().failedAttempts())
			.description("Attempts to deliver a message that failed")
			.register(registry);
	}

	// Those that have ended are counted when they end
	private static void bindRuns(Workflows workflows, MeterRegistry registry) {
		for (RunState state : RunState.values()) {
			if (!state.isEnded()) {
				Gauge.builder("theus.runs", workflows, (source) -> source.count(state))
					.description("Runs of workflows that have not ended")
					.tag("state", state.name())
					.register(registry);
			}
		}
	}

	private static double oldestMillis(Outbox outbox) {
		Duration age = outbox.status().oldestAge();
		return (age != null) ? age.toMillis() : 0;
	}

}
