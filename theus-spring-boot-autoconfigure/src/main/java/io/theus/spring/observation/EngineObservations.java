package io.theus.spring.observation;

import java.util.Map;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.theus.Isolation;
import io.theus.engine.Telemetry;
import io.theus.engine.TheusEngine;
import io.theus.engine.TheusEngineBuilder;
import io.theus.process.ProcessDefinition;
import io.theus.run.Run;
import io.theus.run.RunTelemetry;
import io.theus.spring.TheusEngineCustomizer;
import io.theus.store.CommitOrigin;
import io.theus.telemetry.Activity;
import io.theus.telemetry.ThreadContext;
import io.theus.workflow.Step;

/**
 * Observes what an engine does: executions, commits and visits to steps of workflows. The
 * registry and the conventions are looked up when all singletons have been made, because
 * what they depend on may depend on the engine; what happens earlier goes unobserved.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class EngineObservations implements TheusEngineCustomizer, SmartInitializingSingleton {

	private static final ProcessObservationConvention PROCESS = new DefaultProcessObservationConvention();

	private static final CommitObservationConvention COMMIT = new DefaultCommitObservationConvention();

	private static final StepObservationConvention STEP = new DefaultStepObservationConvention();

	private final ObjectProvider<ObservationRegistry> registries;

	private final ObjectProvider<TheusEngine> engines;

	private final Conventions conventions;

	private final TraceSource trace;

	private final ThreadContext context;

	// Written before the registry, read after it
	private @Nullable ProcessObservationConvention processConvention;

	private @Nullable CommitObservationConvention commitConvention;

	private @Nullable StepObservationConvention stepConvention;

	private String store = KeyValue.NONE_VALUE;

	private volatile ObservationRegistry registry = ObservationRegistry.NOOP;

	/**
	 * Create observations.
	 * @param registries where they are made
	 * @param engines what is observed
	 * @param conventions how they are named, if not by default
	 * @param trace gives the trace of a thread, for runs that are started there
	 * @param context takes the current observation along to other threads
	 */
	public EngineObservations(ObjectProvider<ObservationRegistry> registries, ObjectProvider<TheusEngine> engines,
			Conventions conventions, TraceSource trace, ThreadContext context) {
		this.registries = registries;
		this.engines = engines;
		this.conventions = conventions;
		this.trace = trace;
		this.context = context;
	}

	@Override
	public void customize(TheusEngineBuilder builder) {
		builder.telemetry(new Telemetry(this::begin, this::begin, new Steps(), this.context));
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.processConvention = this.conventions.process().getIfUnique();
		this.commitConvention = this.conventions.commit().getIfUnique();
		this.stepConvention = this.conventions.step().getIfUnique();
		this.engines.ifUnique((engine) -> this.store = engine.history().store().kind());
		this.registry = this.registries.getIfUnique(() -> ObservationRegistry.NOOP);
	}

	private Activity begin(ProcessDefinition process, String executionId, Isolation isolation) {
		ObservationRegistry to = this.registry;
		return to.isNoop() ? Activity.NONE : ObservedActivity.start(Observation.createNotStarted(this.processConvention,
				PROCESS, () -> new ProcessObservationContext(process, executionId, isolation), to));
	}

	private Activity begin(CommitOrigin origin) {
		ObservationRegistry to = this.registry;
		return to.isNoop() ? Activity.NONE : ObservedActivity.start(Observation.createNotStarted(this.commitConvention,
				COMMIT, () -> new CommitObservationContext(origin, this.store), to));
	}

	private Activity begin(Run run, Step step) {
		ObservationRegistry to = this.registry;
		return to.isNoop() ? Activity.NONE : ObservedActivity.start(Observation.createNotStarted(this.stepConvention,
				STEP, () -> new StepObservationContext(run, step), to));
	}

	/**
	 * Conventions that take the place of those by default.
	 *
	 * @param process for executions
	 * @param commit for commits
	 * @param step for visits to steps
	 */
	public record Conventions(ObjectProvider<ProcessObservationConvention> process,
			ObjectProvider<CommitObservationConvention> commit, ObjectProvider<StepObservationConvention> step) {

	}

	private final class Steps implements RunTelemetry {

		@Override
		public Map<String, String> trace() {
			return EngineObservations.this.trace.current();
		}

		@Override
		public Activity begin(Run run, Step step) {
			return EngineObservations.this.begin(run, step);
		}

	}

}
