package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that repeats its steps for each item of a list that is computed once.
 *
 * @param label who the step is
 * @param items gives the items: a list, a set, or a map, whose keys are the items
 * @param variable the name of the item in expressions
 * @param parallel how many items are taken care of at the same time, 1 for one after the
 * other
 * @param body the steps
 * @since 0.1.0
 */
public record ForEachStep(StepLabel label, Operand items, String variable, int parallel, Block body) implements Step {

	@Override
	public List<Block> blocks() {
		return List.of(this.body);
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.forEach(this);
	}

}
