package io.theus.workflow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.theus.Isolation;

/**
 * Builds a workflow in Java.
 * <p>
 * Not safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class WorkflowBuilder extends StepSequence<WorkflowBuilder> {

	private final String name;

	private final Map<String, WorkflowInput> inputs = new LinkedHashMap<>();

	private @Nullable String version;

	private @Nullable Long maxOps;

	private @Nullable Duration timeout;

	private @Nullable Isolation isolation;

	private @Nullable List<StepDraft> onError;

	private @Nullable WorkflowTrigger trigger;

	WorkflowBuilder(String name) {
		super(StepScope.ROOTS);
		this.name = name;
	}

	@Override
	WorkflowBuilder self() {
		return this;
	}

	/**
	 * Declare an input that must be given.
	 * @param input its name
	 * @param type what kind of value it takes
	 * @return this
	 */
	public WorkflowBuilder input(String input, InputType type) {
		this.inputs.put(input, new WorkflowInput(input, type, true, null));
		return this;
	}

	/**
	 * Declare an input that need not be given.
	 * @param input its name
	 * @param type what kind of value it takes
	 * @param defaultValue its value if it is not given
	 * @return this
	 * @throws InvalidInputException if the default is of another kind
	 */
	public WorkflowBuilder input(String input, InputType type, @Nullable Object defaultValue) {
		WorkflowInput declared = new WorkflowInput(input, type, false, defaultValue);
		declared.check(this.name, defaultValue);
		this.inputs.put(input, declared);
		return this;
	}

	/**
	 * Name the version of the definition.
	 * @param newVersion what its author calls it
	 * @return this
	 */
	public WorkflowBuilder version(String newVersion) {
		this.version = newVersion;
		return this;
	}

	/**
	 * Limit the operations of a run.
	 * @param operations at least 1
	 * @return this
	 */
	public WorkflowBuilder maxOps(long operations) {
		if (operations < 1) {
			throw new IllegalArgumentException("max-ops is too small: max-ops=%d, use 1 or more".formatted(operations));
		}
		this.maxOps = operations;
		return this;
	}

	/**
	 * Limit the time of a run, waits included.
	 * @param newTimeout positive, at most 36,500 days
	 * @return this
	 */
	public WorkflowBuilder timeout(Duration newTimeout) {
		this.timeout = StepRules.positive(newTimeout);
		return this;
	}

	/**
	 * Set the isolation of steps that state none.
	 * @param newIsolation the isolation
	 * @return this
	 */
	public WorkflowBuilder isolation(Isolation newIsolation) {
		this.isolation = newIsolation;
		return this;
	}

	/**
	 * Set what runs after a failure and its compensations.
	 * @param steps adds the steps
	 * @return this
	 */
	public WorkflowBuilder onError(Consumer<StepsBuilder> steps) {
		this.onError = StepsBuilder.collect(StepScope.ROOTS, steps);
		return this;
	}

	/**
	 * Start a run for each signal on a topic.
	 * @param signal the topic
	 * @param options says for which signals, and with what
	 * @return this
	 */
	public WorkflowBuilder startOn(String signal, Consumer<TriggerBuilder> options) {
		TriggerBuilder builder = new TriggerBuilder(signal);
		options.accept(builder);
		this.trigger = builder.complete();
		return this;
	}

	/**
	 * Build the workflow.
	 * @return the workflow
	 * @throws InvalidWorkflowException if an id is given twice, or an expression reads an
	 * input or a result that does not exist, or a step returns where it cannot
	 */
	public Workflow build() {
		StepNumbering.Numbered numbered = StepNumbering.number(this.name, steps(), this.onError);
		return new Workflow(this.name, "Java", null, numbered.body(), this.inputs, new WorkflowOptions(this.version,
				this.maxOps, this.timeout, this.isolation, numbered.onError(), this.trigger));
	}

}
