package io.theus.run;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.Block;
import io.theus.workflow.Step;
import io.theus.workflow.WhileStep;

/**
 * Where a run stands: before a step of a block, or at the end of the body of a loop,
 * within the steps that led there. A value, so that a run can be put down and taken up
 * again.
 *
 * @param block the block
 * @param next the index of the step to visit next, the size of the block at its end
 * @param outer the place after the step that the block is a part of, {@code null} for the
 * outermost block
 */
record Position(Block block, int next, @Nullable Position outer) {

	/**
	 * Go to the first step of a block.
	 * @param block the block
	 * @param outer the place after the step that it belongs to, not settled; {@code null}
	 * for the outermost block
	 * @return where the run stands, {@code null} at its end
	 */
	static @Nullable Position startOf(Block block, @Nullable Position outer) {
		return new Position(block, 0, outer).settled();
	}

	/**
	 * Go to the end of the body of a loop, where the loop looks at its condition, the
	 * first time as well.
	 * @param body the body of the loop
	 * @param outer the place after the loop, not settled
	 * @return where the run stands
	 */
	static Position endOf(Block body, Position outer) {
		return new Position(body, body.steps().size(), outer);
	}

	// Nothing happens at the end of a block that is not the body of a loop
	@Nullable Position settled() {
		Position at = this;
		while (at != null && at.isAtEnd() && !(at.owner() instanceof WhileStep)) {
			at = at.outer;
		}
		return at;
	}

	private boolean isAtEnd() {
		return this.next == this.block.steps().size();
	}

	/**
	 * Return the loop whose condition decides.
	 * @return the loop at the end of whose body the run stands, {@code null} if it stands
	 * before a step
	 */
	@Nullable WhileStep loop() {
		return (isAtEnd() && owner() instanceof WhileStep loop) ? loop : null;
	}

	Step step() {
		return this.block.steps().get(this.next);
	}

	// Not settled: the step may have a block of its own to go through first
	Position afterStep() {
		return new Position(this.block, this.next + 1, this.outer);
	}

	// Where a loop goes from the end of its body
	Position again() {
		return new Position(this.block, 0, this.outer);
	}

	@Nullable Position afterLoop() {
		return (this.outer != null) ? this.outer.settled() : null;
	}

	// The step that the block is a part of: the one before the place to go on at
	private @Nullable Step owner() {
		return (this.outer != null) ? this.outer.block.steps().get(this.outer.next - 1) : null;
	}

}
