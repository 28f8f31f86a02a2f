package io.theus.spring.observation;

import java.util.Map;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.theus.outbox.HeaderSource;

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

	private volatile HeaderSource headers = HeaderSource.NONE;

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
		Tracer tracer = this.tracers.getIfUnique();
		Propagator propagator = this.propagators.getIfUnique();
		if (tracer != null && propagator != null) {
			this.headers = new TraceHeaders(tracer, propagator);
		}
	}

	@Override
	public Map<String, String> current() {
		return this.headers.headers();
	}

}
