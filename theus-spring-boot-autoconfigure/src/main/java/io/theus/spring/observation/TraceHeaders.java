package io.theus.spring.observation;

import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;

import io.theus.outbox.HeaderSource;

/**
 * Gives messages the trace that they are sent in, in the headers that the application
 * uses elsewhere: those of W3C Trace Context unless configured otherwise.
 *
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class TraceHeaders implements HeaderSource {

	private final Tracer tracer;

	private final Propagator propagator;

	/**
	 * Create the source.
	 * @param tracer knows the current trace
	 * @param propagator writes it into headers
	 */
	public TraceHeaders(Tracer tracer, Propagator propagator) {
		this.tracer = tracer;
		this.propagator = propagator;
	}

	@Override
	public Map<String, String> headers() {
		TraceContext context = this.tracer.currentTraceContext().context();
		if (context == null) {
			return Map.of();
		}
		Map<String, String> headers = new LinkedHashMap<>();
		this.propagator.inject(context, headers, (carrier, name, value) -> headers.put(name, value));
		return headers;
	}

}
