package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that runs another workflow as a part of the run, with inputs and results of its
 * own.
 *
 * @param label who the step is
 * @param workflow the name of the workflow
 * @param arguments its inputs; what is missing comes from the inputs of the same names
 * @since 0.1.0
 */
public record WorkflowStep(StepLabel label, Name workflow, StepArguments arguments) implements Step {

	@Override
	public List<Block> blocks() {
		return List.of();
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.workflow(this);
	}

}
