package io.theus.spring.observation;

import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Gives the trace that this thread works on as text, in the format that the application
 * has chosen, such as W3C's {@code traceparent}.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class PropagatedTraceSource implements TraceSource, SmartInitializingSingleton {

	private final ObjectProvider<Tracer> tracers;

	private final ObjectProvider<Propagator> propagators;

	private volatile Tracer tracer = Tracer.NOOP;

	private volatile Propagator propagator = Propagator.NOOP;

	/**
	 * Create headers.
	 * @param tracers knows the current span, asked for when all singletons have been made
	 * @param propagators writes it, likewise
	 */
	public PropagatedTraceSource(ObjectProvider<Tracer> tracers, ObjectProvider<Propagator> propagators) {
		this.tracers = tracers;
		this.propagators = propagators;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.propagator = this.propagators.getIfUnique(() -> Propagator.NOOP);
		this.tracer = this.tracers.getIfUnique(() -> Tracer.NOOP);
	}

	@Override
	public Map<String, String> current() {
		if (this.tracer == Tracer.NOOP) {
			return Map.of();
		}
		Span span = this.tracer.currentSpan();
		if (span == null || span.isNoop()) {
			return Map.of();
		}
		Map<String, String> headers = new LinkedHashMap<>();
		this.propagator.inject(span.context(), headers, (carrier, name, value) -> headers.put(name, value));
		return headers;
	}

}
