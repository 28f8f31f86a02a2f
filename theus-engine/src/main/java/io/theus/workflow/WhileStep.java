package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that runs its body for as long as a condition holds before it.
 *
 * @param label who the step is
 * @param condition when the body runs
 * @param body the steps to repeat
 * @since 0.1.0
 */
public record WhileStep(StepLabel label, Condition condition, Block body) implements Step {

	@Override
	public List<Block> blocks() {
		return List.of(this.body);
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.loop(this);
	}

}
