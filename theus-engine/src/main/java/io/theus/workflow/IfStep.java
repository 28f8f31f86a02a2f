package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that runs the first of its branches whose condition holds.
 *
 * @param label who the step is
 * @param branches the conditions with their steps, in order: {@code then}, then each
 * {@code elif}
 * @param otherwise what runs if no condition holds, {@code null} for nothing
 * @since 0.1.0
 */
public record IfStep(StepLabel label, List<Branch> branches, @Nullable Block otherwise) implements Step {

	/**
	 * Create a step.
	 * @param label who it is
	 * @param branches at least one, copied
	 * @param otherwise what runs if no condition holds, {@code null} for nothing
	 */
	public IfStep {
		branches = List.copyOf(branches);
	}

	@Override
	public List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		this.branches.forEach((branch) -> blocks.add(branch.block()));
		if (this.otherwise != null) {
			blocks.add(this.otherwise);
		}
		return blocks;
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.choice(this);
	}

	/**
	 * A condition with its steps.
	 *
	 * @param condition when the steps run
	 * @param block the steps
	 */
	public record Branch(Condition condition, Block block) {

	}

}
