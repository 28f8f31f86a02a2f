package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that gathers steps under one id, {@code flux: run}.
 *
 * @param label who the step is
 * @param body the steps
 * @since 0.1.0
 */
public record GroupStep(StepLabel label, Block body) implements Step {

	@Override
	public List<Block> blocks() {
		return List.of(this.body);
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.group(this);
	}

}
