package io.theus.spring.observation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.theus.spring.SignalListenerObserver;

/**
 * Times the calls of signal listeners as {@code theus.signals.listener} and counts those
 * that threw as {@code theus.signals.listener.errors} and signals that a listener missed
 * as {@code theus.signals.listener.missed}, each by listener.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class SignalMetrics implements SignalListenerObserver {

	private final MeterRegistry registry;

	private final Map<String, Meters> meters = new ConcurrentHashMap<>();

	/**
	 * Create metrics.
	 * @param registry where they are kept
	 */
	public SignalMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void called(String listener, Duration duration, boolean failed) {
		Meters own = of(listener);
		own.calls.record(duration);
		if (failed) {
			own.errors.increment();
		}
	}

	@Override
	public void missed(String listener, long count) {
		of(listener).missed.increment((double) count);
	}

	private Meters of(String listener) {
		return this.meters.computeIfAbsent(listener, this::meters);
	}

	private Meters meters(String listener) {
		Timer calls = Timer.builder("theus.signals.listener")
			.description("Calls of signal listeners")
			.tag("listener", listener)
			.register(this.registry);
		Counter errors = Counter.builder("theus.signals.listener.errors")
			.description("Calls of signal listeners that threw")
			.tag("listener", listener)
			.register(this.registry);
		Counter missed = Counter.builder("theus.signals.listener.missed")
			.description("Signals that were overwritten before a listener came to them")
			.tag("listener", listener)
			.register(this.registry);
		return new Meters(calls, errors, missed);
	}

	/**
	 * The meters of one listener.
	 *
	 * @param calls times calls
	 * @param errors counts calls that threw
	 * @param missed counts signals that were missed
	 */
	private record Meters(Timer calls, Counter errors, Counter missed) {

	}

}
