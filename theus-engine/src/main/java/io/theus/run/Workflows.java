package io.theus.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.theus.contract.ContractVariables;
import io.theus.contract.VariableValues;
import io.theus.process.AsyncExecutor;
import io.theus.process.ProcessRegistry;
import io.theus.state.EngineFacts;
import io.theus.state.Snapshot;
import io.theus.transaction.Frame;
import io.theus.workflow.CallOptions;
import io.theus.workflow.GroupStep;
import io.theus.workflow.IfStep;
import io.theus.workflow.InvalidWorkflowException;
import io.theus.workflow.ProcessStep;
import io.theus.workflow.WhileStep;
import io.theus.workflow.Workflow;
import io.theus.workflow.WorkflowOptions;

/**
 * The workflows of an engine: registers them, starts them, draws them.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class Workflows {

	private static final Logger logger = LoggerFactory.getLogger(Workflows.class);

	private final Map<String, BoundWorkflow> workflows = new ConcurrentHashMap<>();

	private final ProcessRegistry processes;

	private final Supplier<Snapshot> head;

	private final EngineFacts facts;

	private final AsyncExecutor executor;

	private final ContractVariables variables;

	private final WorkflowSettings settings;

	/**
	 * Create the workflows of an engine, none yet.
	 * @param processes what steps call
	 * @param head gives the newest version of the state
	 * @param facts what the engine tells about itself
	 * @param executor runs what is started
	 * @param variables the contract variables, whose values a run keeps
	 * @param settings how to run
	 */
	public Workflows(ProcessRegistry processes, Supplier<Snapshot> head, EngineFacts facts, AsyncExecutor executor,
			ContractVariables variables, WorkflowSettings settings) {
		this.processes = processes;
		this.head = head;
		this.facts = facts;
		this.executor = executor;
		this.variables = variables;
		this.settings = settings;
	}

	/**
	 * Register a workflow. The processes that it calls must be registered already.
	 * @param workflow the definition
	 * @throws InvalidWorkflowException if there is a workflow of that name already, a
	 * process is not found or ambiguous, or an argument unknown or missing
	 */
	public void add(Workflow workflow) {
		BoundWorkflow earlier = this.workflows.get(workflow.name());
		if (earlier == null) {
			BoundWorkflow bound = BoundWorkflow.bind(workflow, this.processes);
			refuseWhatCannotRun(workflow);
			earlier = this.workflows.putIfAbsent(workflow.name(), bound);
		}
		if (earlier != null) {
			throw new InvalidWorkflowException(workflow.name(),
					"duplicate name, there is a workflow '%s' already, sources=%s, rename one of them"
						.formatted(workflow.name(), List.of(earlier.workflow().source(), workflow.source())),
					workflow.position(), null);
		}
	}

	private static void refuseWhatCannotRun(Workflow workflow) {
		WorkflowOptions options = workflow.options();
		if (!options.equals(new WorkflowOptions(options.version(), options.maxOps(), null, null, null, null))) {
			throw new InvalidWorkflowException(workflow.name(),
					"'timeout', 'isolation', 'on-error' and 'on' cannot be used in this version, leave them out",
					workflow.position(), null);
		}
		workflow.forEachStep((step) -> {
			boolean runs = (step instanceof ProcessStep call) ? call.options().equals(CallOptions.NONE)
					: step instanceof IfStep || step instanceof WhileStep || step instanceof GroupStep;
			if (!runs) {
				throw new InvalidWorkflowException(workflow.name(),
						"step '%s' cannot run in this version, use processes without options, if, while and run"
							.formatted(step.id()),
						step.label().position(), null);
			}
		});
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
	 * List the steps that runs of a workflow can take, without running anything.
	 * @param name its name
	 * @return the steps, those of further workflows included
	 * @throws WorkflowNotFoundException if there is none
	 */
	public WorkflowPlan plan(String name) {
		return Planner.plan(bound(name));
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
	 * @throws InvalidInputException if an input is missing, unknown or of another kind
	 * @throws IllegalStateException if a transaction is running on this thread
	 */
	public Run start(String name, Map<String, ? extends @Nullable Object> inputs) {
		BoundWorkflow workflow = bound(name);
		Run run = create(workflow, inputs);
		Interpreter interpreter = interpreter(workflow, run);
		try {
			this.executor.run(() -> {
				interpreter.execute();
				run.error()
					.ifPresent((error) -> logger.warn("Run '{}' of workflow '{}' has failed: {}", run.id(), name,
							error.toString()));
			});
		}
		catch (RejectedExecutionException ex) {
			run.fail(ex);
			throw new IllegalStateException(
					"workflow '%s' was not started: the engine is closed, start it before".formatted(name), ex);
		}
		return run;
	}

	/**
	 * Run a workflow without inputs on the calling thread.
	 * @param name the name of the workflow
	 * @return the run, which has ended
	 */
	public Run run(String name) {
		return run(name, Map.of());
	}

	/**
	 * Run a workflow on the calling thread. What a step throws reaches the caller
	 * unchanged, checked exceptions included.
	 * @param name the name of the workflow
	 * @param inputs what it is given, by name
	 * @return the run, which is completed, or cancelled by somebody else
	 * @throws WorkflowNotFoundException if there is no such workflow
	 * @throws InvalidInputException if an input is missing, unknown or of another kind
	 * @throws FluxSafetyTripException if it takes more operations than it may
	 * @throws IllegalStateException if a transaction is running on this thread
	 */
	public Run run(String name, Map<String, ? extends @Nullable Object> inputs) {
		BoundWorkflow workflow = bound(name);
		Run run = create(workflow, inputs);
		interpreter(workflow, run).execute();
		if (run.error().isPresent()) {
			throw Workflows.<RuntimeException>sneaky(run.error().get());
		}
		return run;
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <X extends Throwable> X sneaky(Throwable failure) throws X {
		throw (X) failure;
	}

	private Run create(BoundWorkflow workflow, Map<String, ? extends @Nullable Object> inputs) {
		Frame running = Frame.current();
		if (running != null) {
			throw new IllegalStateException(
					"workflow '%s' cannot run within %s: its steps would not be part of that transaction, start it after the commit"
						.formatted(workflow.workflow().name(), running.scope().origin()));
		}
		Run run = new Run(workflow.workflow().name(), workflow.workflow().bind(inputs),
				new VariableValues(this.variables).takeAll(), this.settings.observers());
		run.become(RunState.PENDING);
		return run;
	}

	private Interpreter interpreter(BoundWorkflow workflow, Run run) {
		return new Interpreter(workflow, run, this.processes, this.head, this.facts, this.settings);
	}

}
