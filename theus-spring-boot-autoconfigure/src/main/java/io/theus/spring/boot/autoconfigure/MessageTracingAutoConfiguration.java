package io.theus.spring.boot.autoconfigure;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import io.theus.spring.TheusEngineCustomizer;
import io.theus.spring.observation.TraceHeaders;

/**
 * Auto-configuration that lets messages continue the trace that they are sent in.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = TheusAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration",
		"org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration" })
@ConditionalOnClass({ Tracer.class, Propagator.class })
@ConditionalOnBooleanProperty(name = "theus.enabled", matchIfMissing = true)
@ConditionalOnBean({ Tracer.class, Propagator.class })
public final class MessageTracingAutoConfiguration {

	@Bean
	TheusEngineCustomizer theusMessageTracingCustomizer(Tracer tracer, Propagator propagator) {
		return (builder) -> builder.messageHeaders(new TraceHeaders(tracer, propagator));
	}

}
