package io.theus.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.audit.EngineStop;
import io.theus.error.LoggedFailure;
import io.theus.process.AsyncExecutor;
import io.theus.process.CallOutcome;
import io.theus.process.CallSettings;
import io.theus.process.Overlaps;
import io.theus.process.ProcessDefinition;
import io.theus.process.ProcessEntry;
import io.theus.process.ProcessRegistry;
import io.theus.process.SharedPlaces;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;
import io.theus.workflow.Step;

/**
 * Runs on the threads of an engine, in real time.
 */
final class LiveEnvironment implements RunEnvironment {

	private static final Logger logger = LoggerFactory.getLogger(LiveEnvironment.class);

	private final ProcessRegistry processes;

	private final Supplier<Snapshot> head;

	private final Supplier<@Nullable EngineStop> stop;

	private final EngineFacts facts;

	private final AsyncExecutor executor;

	private final SignalEmitter emitter;

	private final SignalRoutes routes;

	private final StateWatch watch;

	private final Overlaps overlaps;

	private final Consumer<Run> ended;

	private final boolean debug;

	// What a name means does not change
	private final Map<String, ProcessEntry> entries = new ConcurrentHashMap<>();

	LiveEnvironment(ProcessRegistry processes, Supplier<Snapshot> head, Supplier<@Nullable EngineStop> stop,
			EngineFacts facts, AsyncExecutor executor, SignalEmitter emitter, SharedPlaces places, boolean debug,
			Consumer<Run> ended) {
		this.processes = processes;
		this.head = head;
		this.stop = stop;
		this.facts = facts;
		this.executor = executor;
		this.emitter = emitter;
		this.debug = debug;
		this.ended = ended;
		this.routes = new SignalRoutes(executor::run);
		this.overlaps = new Overlaps(processes, places);
		this.watch = new StateWatch(executor::run);
	}

	SignalRoutes routes() {
		return this.routes;
	}

	StateWatch watch() {
		return this.watch;
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public void execute(Runnable task) {
		this.executor.run(task);
	}

	@Override
	public Future<?> after(Duration delay, Runnable task) {
		return this.executor.schedule(delay, task);
	}

	@Override
	public Snapshot head() {
		return this.head.get();
	}

	@Override
	public @Nullable EngineStop stop() {
		return this.stop.get();
	}

	@Override
	public EngineFacts facts() {
		return this.facts;
	}

	@Override
	public CompletableFuture<CallOutcome> call(Run run, Step step, ProcessDefinition process,
			Map<String, @Nullable Object> arguments, CallSettings settings) {
		ProcessEntry entry = this.entries.computeIfAbsent(process.id(), this.processes::entry);
		return run.variables().during(() -> entry.start(arguments, settings));
	}

	@Override
	public Overlaps overlaps() {
		return this.overlaps;
	}

	@Override
	public void emit(Run run, String topic, @Nullable Object payload) {
		this.emitter.emit("workflow " + run.workflow(), topic, payload);
	}

	@Override
	public Runnable register(SignalWait wait) {
		return this.routes.add(wait);
	}

	@Override
	public Runnable watch(Runnable condition) {
		return this.watch.add(condition);
	}

	// By up to a fifth, so that those who failed together do not come back together
	@Override
	public double jitter() {
		return ThreadLocalRandom.current().nextDouble(0.8, 1.2);
	}

	@Override
	public void incident(Run run, Step step, Incident incident) {
		logger.error("Compensation '{}' of step '{}' has failed in run '{}' of workflow '{}', resolve the incident",
				incident.process(), incident.step(), run.id(), run.workflow(),
				LoggedFailure.of(incident.failure(), logger));
	}

	@Override
	public void ended(Run run) {
		this.ended.accept(run);
	}

	@Override
	public Trace trace(Run run) {
		Boolean own = run.options().debug();
		return new TraceLog((own != null) ? own : this.debug, run);
	}

}
