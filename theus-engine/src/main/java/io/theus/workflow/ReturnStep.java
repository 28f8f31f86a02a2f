package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that ends its workflow with a value.
 *
 * @param label who the step is
 * @param value gives the result of the workflow
 * @since 0.1.0
 */
public record ReturnStep(StepLabel label, Operand value) implements Step {

	@Override
	public List<Block> blocks() {
		return List.of();
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.returning(this);
	}

}
