package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that fails its run.
 *
 * @param label who the step is
 * @param error the name of the failure
 * @param message gives what is said about it, an empty text for nothing
 * @since 0.1.0
 */
public record FailStep(StepLabel label, String error, Operand message) implements Step {

	@Override
	public List<Block> blocks() {
		return List.of();
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.fail(this);
	}

}
