package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step whose branches run side by side.
 *
 * @param label who the step is
 * @param branches the branches, at least one
 * @param join when the run goes on
 * @since 0.1.0
 */
public record ParallelStep(StepLabel label, List<Block> branches, Join join) implements Step {

	/**
	 * Create a step.
	 * @param label who it is
	 * @param branches copied
	 * @param join when the run goes on
	 */
	public ParallelStep {
		branches = List.copyOf(branches);
	}

	@Override
	public List<Block> blocks() {
		return this.branches;
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.parallel(this);
	}

	/**
	 * When a run goes on after parallel branches.
	 */
	public enum Join {

		/** When all branches have come to their end. */
		ALL,

		/** When one has come to its end; the others end before their next step. */
		ANY

	}

}
