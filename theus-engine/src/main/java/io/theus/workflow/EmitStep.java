package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that emits a signal.
 *
 * @param label who the step is
 * @param signal the topic
 * @param payload gives the payload
 * @since 0.1.0
 */
public record EmitStep(StepLabel label, String signal, Operand payload) implements Step {

	@Override
	public List<Block> blocks() {
		return List.of();
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.emit(this);
	}

}
