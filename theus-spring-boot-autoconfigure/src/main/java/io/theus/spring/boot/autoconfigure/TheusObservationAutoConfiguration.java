package io.theus.spring.boot.autoconfigure;

import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.theus.engine.TheusEngine;
import io.theus.spring.observation.CommitObservationConvention;
import io.theus.spring.observation.CurrentObservation;
import io.theus.spring.observation.EngineObservations;
import io.theus.spring.observation.ProcessObservationConvention;
import io.theus.spring.observation.PropagatedContext;
import io.theus.spring.observation.PropagatedTraceSource;
import io.theus.spring.observation.RelayObservationConvention;
import io.theus.spring.observation.RelayObservations;
import io.theus.spring.observation.StepObservationConvention;
import io.theus.spring.observation.TraceSource;
import io.theus.telemetry.ThreadContext;

/**
 * Auto-configuration of observations: what becomes timers and traces.
 * {@code theus.observations.enabled=false} switches them off, as do Boot's own properties
 * below {@code management.observations}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = TheusAutoConfiguration.class, after = ObservationAutoConfiguration.class)
@ConditionalOnClass({ ObservationRegistry.class, ObservationAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "theus.observations.enabled", matchIfMissing = true)
@ConditionalOnBean(ObservationRegistry.class)
public final class TheusObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EngineObservations theusEngineObservations(ObjectProvider<ObservationRegistry> registries,
			ObjectProvider<TheusEngine> engines, ObjectProvider<ProcessObservationConvention> processes,
			ObjectProvider<CommitObservationConvention> commits, ObjectProvider<StepObservationConvention> steps,
			ObjectProvider<TraceSource> trace, ObjectProvider<ThreadContext> context) {
		return new EngineObservations(registries, engines,
				new EngineObservations.Conventions(processes, commits, steps),
				trace.getIfUnique(() -> TraceSource.NONE), context.getIfUnique(() -> ThreadContext.NONE));
	}

	@Bean
	@ConditionalOnMissingBean
	RelayObservations theusRelayObservations(ObjectProvider<ObservationRegistry> registries,
			ObjectProvider<RelayObservationConvention> conventions) {
		return new RelayObservations(registries, conventions);
	}

	/**
	 * With tracing, runs of workflows keep the trace that they were started in.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Tracer.class, Propagator.class })
	static class TraceConfiguration {

		@Bean
		@ConditionalOnMissingBean(TraceSource.class)
		PropagatedTraceSource theusTraceSource(ObjectProvider<Tracer> tracers, ObjectProvider<Propagator> propagators) {
			return new PropagatedTraceSource(tracers, propagators);
		}

	}

	/**
	 * What is registered to be propagated goes along to the threads of the engine.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ContextSnapshotFactory.class)
	static class PropagationConfiguration {

		@Bean
		@ConditionalOnMissingBean(ThreadContext.class)
		PropagatedContext theusPropagatedContext(ObjectProvider<ContextSnapshotFactory> snapshots) {
			return new PropagatedContext(snapshots.getIfUnique(() -> ContextSnapshotFactory.builder().build()));
		}

	}

	/**
	 * Without a library for it, at least the current observation does.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("io.micrometer.context.ContextSnapshotFactory")
	static class CurrentObservationConfiguration {

		@Bean
		@ConditionalOnMissingBean(ThreadContext.class)
		CurrentObservation theusCurrentObservation(ObjectProvider<ObservationRegistry> registries) {
			return new CurrentObservation(registries);
		}

	}

}
