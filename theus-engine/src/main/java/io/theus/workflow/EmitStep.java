package io.theus.workflow;

import java.util.List;

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
	public <R> R accept(StepVisitor<R> visitor) {
		return visitor.emit(this);
	}

}
