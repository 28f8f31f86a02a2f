package io.theus.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.audit.EngineStop;
import io.theus.audit.EngineStoppedException;
import io.theus.contract.ContractVariables;
import io.theus.contract.VariableValues;
import io.theus.error.LoggedFailure;
import io.theus.process.AsyncExecutor;
import io.theus.process.ProcessRegistry;
import io.theus.process.SharedPlaces;
import io.theus.run.RunStore.Added;
import io.theus.signal.Signal;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;
import io.theus.store.RunOrder;
import io.theus.transaction.Frame;
import io.theus.transaction.RunDirectory;
import io.theus.workflow.InvalidWorkflowException;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowTrigger;

/**
 * The workflows of an engine: registers them, starts them, finds their runs.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Workflows {

	private static final Logger logger = LoggerFactory.getLogger(Workflows.class);

	private final Map<String, BoundWorkflow> workflows = new ConcurrentHashMap<>();

	private final ProcessRegistry processes;

	private final LiveEnvironment environment;

	private final ContractVariables variables;

	private final WorkflowSettings settings;

	private final SharedPlaces places;

	private final List<String> warnings = new CopyOnWriteArrayList<>();

	private final SimulationForks forks;

	private final RunStore runs;

	private final RunCounts counts = new RunCounts();

	private final AsyncExecutor executor;

	private final Runnable onClose = this::close;

	private final Object living = new Object();

	private int alive;

	/**
	 * Create the workflows of an engine, none yet.
	 * @param processes what steps call
	 * @param head gives the newest version of the state
	 * @param stop gives why the engine is stopped, {@code null} if it is not
	 * @param facts what the engine tells about itself
	 * @param emitter commits the signals that workflows emit
	 * @param executor runs what is started
	 * @param variables the contract variables, whose values a run keeps
	 * @param places what several transactions may write at the same time
	 * @param settings how to run
	 * @param forks gives simulations a place
	 */
	public Workflows(ProcessRegistry processes, Supplier<Snapshot> head, Supplier<@Nullable EngineStop> stop,
			EngineFacts facts, SignalEmitter emitter, AsyncExecutor executor, ContractVariables variables,
			SharedPlaces places, WorkflowSettings settings, SimulationForks forks) {
		this.processes = processes;
		this.places = places;
		this.executor = executor;
		this.variables = variables;
		this.settings = settings;
		this.forks = forks;
		this.runs = new RunStore(settings.keepEnded());
		this.environment = new LiveEnvironment(processes, head, stop, facts, executor, emitter, places,
				settings.debug(), this::ended);
	}

	/**
	 * Register a workflow. The processes and workflows that it calls must be registered
	 * already.
	 * @param workflow the definition
	 * @throws InvalidWorkflowException if there is a workflow of that name already, or it
	 * does not fit the processes and workflows that it calls
	 */
	public void add(Workflow workflow) {
		addAll(List.of(workflow));
	}

	/**
	 * Register workflows, which may call each other. The processes that they call must be
	 * registered already.
	 * @param definitions the definitions
	 * @throws InvalidWorkflowException if there is a workflow of the same name already,
	 * or one does not fit the processes and workflows that it calls; none is registered
	 * then
	 */
	public void addAll(Collection<Workflow> definitions) {
		for (BoundWorkflow bound : register(definitions)) {
			List<String> found = bound.warnings(this.places);
			found.forEach(logger::warn);
			this.warnings.addAll(found);
		}
	}

	/**
	 * Register the workflows of another engine, which has told already what is doubtful
	 * about them.
	 * @param other the workflows of an engine with the same processes
	 */
	public void addAllOf(Workflows other) {
		register(other.workflows.values().stream().map(BoundWorkflow::workflow).toList());
	}

	private synchronized Collection<BoundWorkflow> register(Collection<Workflow> definitions) {
		Map<String, BoundWorkflow> added = new LinkedHashMap<>();
		for (Workflow workflow : definitions) {
			BoundWorkflow earlier = this.workflows.getOrDefault(workflow.name(), added.get(workflow.name()));
			if (earlier != null) {
				throw duplicate(workflow, earlier.workflow());
			}
			added.put(workflow.name(), BoundWorkflow.bind(workflow, this.processes));
		}
		Map<String, BoundWorkflow> known = new HashMap<>(this.workflows);
		known.putAll(added);
		added.values().forEach((bound) -> bound.link((name) -> {
			BoundWorkflow other = known.get(name);
			if (other == null) {
				throw new WorkflowNotFoundException(name, known.keySet());
			}
			return other;
		}));
		this.workflows.putAll(added);
		added.values().forEach(this::addTrigger);
		return added.values();
	}

	private static InvalidWorkflowException duplicate(Workflow workflow, Workflow earlier) {
		return new InvalidWorkflowException(
				workflow.name(), "duplicate name, there is a workflow '%s' already, sources=%s, rename one of them"
					.formatted(workflow.name(), List.of(earlier.source(), workflow.source())),
				workflow.position(), null);
	}

	private void addTrigger(BoundWorkflow bound) {
		WorkflowTrigger trigger = bound.workflow().options().trigger();
		if (trigger != null) {
			this.environment.routes()
				.add(trigger.signal().text(), new Trigger(bound.workflow(), trigger, this.environment, this));
		}
	}

	/**
	 * Return what is doubtful about the workflows, but does not keep them from running:
	 * parallel branches that can write one place. The log has it too.
	 * @return a sentence each, in the order in which the workflows were added, copied
	 */
	public List<String> warnings() {
		return List.copyOf(this.warnings);
	}

	/**
	 * Return the names of all workflows.
	 * @return the names, sorted
	 */
	public List<String> names() {
		return this.workflows.keySet().stream().sorted().toList();
	}

	/**
	 * Find a workflow.
	 * @param name its name
	 * @return the definition
	 * @throws WorkflowNotFoundException if there is none
	 */
	public Workflow get(String name) {
		return bound(name).workflow();
	}

	private BoundWorkflow bound(String name) {
		BoundWorkflow found = this.workflows.get(name);
		if (found == null) {
			throw new WorkflowNotFoundException(name, this.workflows.keySet());
		}
		return found;
	}

	/**
	 * Draw a workflow.
	 * @param name its name
	 * @return a flowchart as Mermaid text
	 * @throws WorkflowNotFoundException if there is none
	 */
	public String describe(String name) {
		return MermaidChart.of(get(name));
	}

	/**
	 * Draw a run: its workflow with the path that it has taken so far.
	 * @param run a run of this engine
	 * @return a flowchart as Mermaid text
	 * @throws WorkflowNotFoundException if the workflow is not one of this engine
	 */
	public String describe(Run run) {
		return MermaidChart.of(get(run.workflow()), new RunMarks(run.history(), run.state().isEnded()));
	}

	/**
	 * Draw a simulation: its workflow with the path that it has taken.
	 * @param simulation a simulation of a workflow of this engine
	 * @return a flowchart as Mermaid text
	 * @throws WorkflowNotFoundException if the workflow is not one of this engine
	 */
	public String describe(Simulation simulation) {
		return MermaidChart.of(get(simulation.workflow()),
				new RunMarks(simulation.visits(), simulation.ending() != Simulation.Ending.STOPPED));
	}

	/**
	 * List the steps that runs of a workflow can take, without running anything.
	 * @param name its name
	 * @return the steps, those of further workflows included
	 * @throws WorkflowNotFoundException if there is none
	 */
	public WorkflowPlan plan(String name) {
		return Planner.plan(bound(name));
	}

	/**
	 * Find out what a run of a workflow without inputs would do.
	 * @param name the name of the workflow
	 * @return what would have happened
	 */
	public Simulation simulate(String name) {
		return simulate(name, Map.of());
	}

	/**
	 * Find out what a run of a workflow would do.
	 * @param name the name of the workflow
	 * @param inputs what it is given, by name
	 * @return what would have happened
	 */
	public Simulation simulate(String name, Map<String, ? extends @Nullable Object> inputs) {
		return simulate(name, inputs, SimulationOptions.NONE);
	}

	/**
	 * Find out what a run of a workflow would do, on this thread and in a fork of the
	 * newest version, so that nothing of the engine changes and nobody hears of it. Time
	 * is virtual: what the run would wait for passes at once. Parallel branches take
	 * turns in a fixed order; asynchronous processes are waited for. Processes with side
	 * effects are not run; where nothing stands in for one the simulation stops, as it
	 * does at a wait that nothing ends.
	 * @param name the name of the workflow
	 * @param inputs what it is given, by name
	 * @param options what else is given, and when the simulation stops
	 * @return what would have happened, also if the run would have failed
	 * @throws WorkflowNotFoundException if there is no such workflow
	 * @throws io.theus.workflow.InvalidInputException if an input is missing, unknown or
	 * of another kind
	 * @throws io.theus.process.ProcessNotFoundException if something stands in for a
	 * process that does not exist
	 * @throws IllegalStateException if a transaction is running on this thread, or the
	 * thread is interrupted while it waits for an asynchronous process
	 */
	public Simulation simulate(String name, Map<String, ? extends @Nullable Object> inputs, SimulationOptions options) {
		Frame running = Frame.current();
		if (running != null) {
			throw new IllegalStateException(
					"workflow '%s' cannot be simulated within %s: its steps would meet that transaction, simulate it before or after"
						.formatted(name, running.scope().origin()));
		}
		BoundWorkflow workflow = bound(name);
		return Simulator.simulate(this.forks, this.environment.overlaps(), workflow, workflow.workflow().bind(inputs),
				new VariableValues(this.variables).takeAll(), options, this.settings.maxOps());
	}

	/**
	 * Start a run of a workflow without inputs on a thread of the engine.
	 * @param name the name of the workflow
	 * @return the run
	 */
	public Run start(String name) {
		return start(name, Map.of());
	}

	/**
	 * Start a run of a workflow on a thread of the engine.
	 * @param name the name of the workflow
	 * @param inputs what it is given, by name
	 * @return the run, which may not have begun yet
	 * @throws WorkflowNotFoundException if there is no such workflow
	 * @throws io.theus.workflow.InvalidInputException if an input is missing, unknown or
	 * of another kind
	 * @throws IllegalStateException if a transaction is running on this thread, or the
	 * engine is closed
	 */
	public Run start(String name, Map<String, ? extends @Nullable Object> inputs) {
		return start(name, inputs, RunOptions.NONE);
	}

	/**
	 * Start a run of a workflow under a key on a thread of the engine, unless there is
	 * one already.
	 * @param name the name of the workflow
	 * @param inputs what it is given, by name
	 * @param key identifies the run among those of the workflow
	 * @return the run, new or not
	 * @throws WorkflowNotFoundException if there is no such workflow
	 * @throws io.theus.workflow.InvalidInputException if an input is missing, unknown or
	 * of another kind
	 * @throws IllegalStateException if a transaction is running on this thread, or the
	 * engine is closed
	 */
	public Run start(String name, Map<String, ? extends @Nullable Object> inputs, String key) {
		return start(name, inputs, RunOptions.key(key));
	}

	/**
	 * Start a run of a workflow on a thread of the engine.
	 * @param name the name of the workflow
	 * @param inputs what it is given, by name
	 * @param options how the run differs from others; under a key that another run has,
	 * that run is returned
	 * @return the run, new or not
	 * @throws WorkflowNotFoundException if there is no such workflow
	 * @throws io.theus.workflow.InvalidInputException if an input is missing, unknown or
	 * of another kind
	 * @throws IllegalStateException if a transaction is running on this thread, or the
	 * engine is closed
	 */
	public Run start(String name, Map<String, ? extends @Nullable Object> inputs, RunOptions options) {
		Added added = add(name, inputs, options);
		if (added.isNew()) {
			begin(added.run());
		}
		return added.run();
	}

	private void begin(Run run) {
		try {
			this.environment.execute(run.control()::begin);
		}
		catch (RejectedExecutionException ex) {
			run.control().close(ex);
			throw notStarted(run.workflow(), ex);
		}
	}

	/**
	 * Start a run that a commit has ordered.
	 * @param order what was ordered
	 */
	void start(RunOrder.Start order) {
		Added added = add(order.workflow(), order.inputs(), new RunOptions(order.key(), null, null), order.variables(),
				order.trace());
		if (added.isNew()) {
			begin(added.run());
		}
	}

	/**
	 * Return who takes the orders of commits.
	 * @return the directory of these workflows
	 */
	public RunDirectory directory() {
		return new OrderedRuns(this, this.variables, this.settings.telemetry());
	}

	/**
	 * Run a workflow without inputs, beginning on the calling thread.
	 * @param name the name of the workflow
	 * @return the run, which has ended
	 */
	public Run run(String name) {
		return run(name, Map.of());
	}

	/**
	 * Run a workflow, beginning on the calling thread, and wait until nothing more
	 * happens by itself. After its first wait a run goes on on threads of the engine.
	 * What a step throws reaches the caller unchanged, checked exceptions included.
	 * @param name the name of the workflow
	 * @param inputs what it is given, by name
	 * @return the run, which is completed, or cancelled by somebody else
	 * @throws WorkflowNotFoundException if there is no such workflow
	 * @throws io.theus.workflow.InvalidInputException if an input is missing, unknown or
	 * of another kind
	 * @throws FluxSafetyTripException if it takes more operations than it may
	 * @throws IllegalStateException if a transaction is running on this thread, the
	 * engine is closed, or the thread is interrupted while it waits; the run goes on then
	 */
	public Run run(String name, Map<String, ? extends @Nullable Object> inputs) {
		return run(name, inputs, RunOptions.NONE);
	}

	/**
	 * Run a workflow like {@link #run(String, Map)}.
	 * @param name the name of the workflow
	 * @param inputs what it is given, by name
	 * @param options how the run differs from others; under a key that another run has,
	 * that run is waited for
	 * @return the run, which is completed, or cancelled by somebody else
	 */
	public Run run(String name, Map<String, ? extends @Nullable Object> inputs, RunOptions options) {
		Added added = add(name, inputs, options);
		Run run = added.run();
		if (added.isNew()) {
			run.control().begin();
		}
		try {
			run.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(
					"the thread was interrupted while it waited for %s, which goes on".formatted(run), ex);
		}
		if (run.error().isPresent()) {
			throw Workflows.<RuntimeException>sneaky(run.error().get());
		}
		return run;
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <X extends Throwable> X sneaky(Throwable failure) throws X {
		throw (X) failure;
	}

	private Added add(String name, Map<String, ? extends @Nullable Object> inputs, RunOptions options) {
		Frame running = Frame.current();
		if (running != null) {
			throw new IllegalStateException(
					"workflow '%s' cannot run within %s: its steps would not be part of that transaction, start it with context.start, or after the commit"
						.formatted(name, running.scope().origin()));
		}
		EngineStop stop = this.environment.stop();
		if (stop != null) {
			throw new EngineStoppedException("run of workflow '%s'".formatted(name), stop);
		}
		return add(name, inputs, options, new VariableValues(this.variables).takeAll(),
				this.settings.telemetry().trace());
	}

	private Added add(String name, Map<String, ? extends @Nullable Object> inputs, RunOptions options,
			VariableValues values, Map<String, String> trace) {
		BoundWorkflow workflow = bound(name);
		Map<String, @Nullable Object> bound = workflow.workflow().bind(inputs);
		Added added = this.runs.add(name, options.key(), () -> create(workflow, bound, options, values, trace));
		if (added.isNew()) {
			begun();
			added.run().tell();
			if (added.run().state().isEnded() && added.run().control().isClosed()) {
				throw notStarted(name, null);
			}
		}
		return added;
	}

	private Run create(BoundWorkflow workflow, Map<String, @Nullable Object> inputs, RunOptions options,
			VariableValues values, Map<String, String> trace) {
		Run run = new Run(workflow, inputs, values, trace, options, this.settings);
		run.controlledBy(new RunControl(run, this.environment));
		run.countedBy(this.counts);
		return run;
	}

	private static IllegalStateException notStarted(String name, @Nullable Throwable cause) {
		return new IllegalStateException(
				"workflow '%s' was not started: the engine is closed, start it before".formatted(name), cause);
	}

	// Whoever closes the engine ends what is alive; an engine without runs, such as most
	// forks, need not be told
	private void begun() {
		boolean first;
		synchronized (this.living) {
			this.alive++;
			first = this.alive == 1;
		}
		// Closes at once what is alive if it comes too late, and so without the lock;
		// nobody forgets it before, since this run has not ended
		if (first) {
			this.executor.onClose(this.onClose);
		}
	}

	private void ended(Run run) {
		this.runs.ended(run);
		synchronized (this.living) {
			this.alive--;
			if (this.alive == 0) {
				this.executor.forget(this.onClose);
			}
		}
		if (run.state() == RunState.FAILED) {
			run.error()
				.ifPresent((error) -> logger.warn("Run '{}' of workflow '{}' has failed: {}", run.id(), run.workflow(),
						LoggedFailure.describe(error, logger)));
		}
	}

	/**
	 * Find a run by its identity.
	 * @param id the identity
	 * @return the run, empty if there is none, or it has ended and is not kept any more
	 */
	public Optional<Run> find(String id) {
		return this.runs.find(id);
	}

	/**
	 * Find a run by its key.
	 * @param workflow the name of the workflow
	 * @param key the key that it was started under
	 * @return the run, empty if there is none, or it has ended and is not kept any more
	 */
	public Optional<Run> find(String workflow, String key) {
		return this.runs.find(workflow, key);
	}

	/**
	 * Return the runs.
	 * @return all that have not ended and the last ones that have, in the order of their
	 * start, copied
	 */
	public List<Run> runs() {
		return this.runs.all();
	}

	/**
	 * Count the runs in a state, without looking at them.
	 * @param state the state
	 * @return how many there are now; for a state that ends runs, how many have ended so
	 * since the engine was made
	 */
	public long count(RunState state) {
		return this.counts.of(state);
	}

	/**
	 * Hear of a signal that was published. To be called by the hub.
	 * @param signal the signal
	 */
	public void published(Signal signal) {
		this.environment.routes().published(signal);
	}

	/**
	 * Hear that the state has changed. To be called after each commit.
	 */
	public void changed() {
		this.environment.watch().changed();
	}

	/**
	 * Let all runs pause before their next steps, because the engine is stopped. To be
	 * called after it has.
	 */
	public void halt() {
		this.runs.all().forEach((run) -> run.control().branches().halt());
	}

	/**
	 * Let the runs go on that were paused by a stop of the engine. To be called after it
	 * was resumed.
	 */
	public void release() {
		this.runs.all().forEach((run) -> run.control().release());
	}

	// Nothing of a run is left where nobody can go on with it
	private void close() {
		for (Run run : this.runs.all()) {
			run.control().close(null);
		}
	}

}
