package io.theus.workflow;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

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

	private @Nullable Long maxOps;

	WorkflowBuilder(String name) {
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
	 * Build the workflow.
	 * @return the workflow
	 * @throws InvalidWorkflowException if an id is given twice, or an expression reads an
	 * input or a result that does not exist
	 */
	public Workflow build() {
		Block body = StepNumbering.number(this.name, steps(), null).body();
		return new Workflow(this.name, "Java", null, body, this.inputs,
				new WorkflowOptions(null, this.maxOps, null, null, null, null));
	}

}
