package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that lets time pass.
 *
 * @param label who the step is
 * @param duration gives how long
 * @since 0.1.0
 */
public record SleepStep(StepLabel label, Operand duration) implements Step {

	@Override
	public List<Block> blocks() {
		return List.of();
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.sleep(this);
	}

}
