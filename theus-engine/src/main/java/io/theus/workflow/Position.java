package io.theus.workflow;

import org.jspecify.annotations.Nullable;

/**
 * Where a run stands: at a step of a block, or at the block's end, within the steps that
 * led there. A value, so that a run can be put down and taken up again.
 *
 * @param block the block
 * @param next the index of the step to visit next, the size of the block at its end
 * @param outer where the run goes on after the block, {@code null} for its end
 */
record Position(Block block, int next, @Nullable Position outer) {

	static Position startOf(Block block, @Nullable Position outer) {
		return new Position(block, 0, outer);
	}

	// A loop looks at its condition at the end of its body, the first time as well
	static Position endOf(Block block, Position outer) {
		return new Position(block, block.steps().size(), outer);
	}

	boolean isAtEnd() {
		return this.next == this.block.steps().size();
	}

	Step step() {
		return this.block.steps().get(this.next);
	}

	Position afterStep() {
		return new Position(this.block, this.next + 1, this.outer);
	}

	Position again() {
		return new Position(this.block, 0, this.outer);
	}

	/**
	 * Return the step that this block belongs to.
	 * @return the step before the place to go on at, {@code null} for the outermost block
	 */
	@Nullable Step owner() {
		return (this.outer != null) ? this.outer.block.steps().get(this.outer.next - 1) : null;
	}

}
