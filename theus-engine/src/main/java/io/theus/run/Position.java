package io.theus.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.workflow.Block;
import io.theus.workflow.EveryStep;
import io.theus.workflow.ForEachStep;
import io.theus.workflow.Step;
import io.theus.workflow.WhileStep;
import io.theus.workflow.WorkflowStep;

/**
 * Where a branch of a run stands: before a step of a block, or at its end, within the
 * steps that led there. A value, so that a run can be put down and taken up again.
 *
 * @param block the block
 * @param next the index of the step to visit next, the size of the block at its end
 * @param outer the place after the step that the block is a part of, {@code null} for the
 * outermost block of a branch
 * @param locals what expressions see here
 * @param progress how far a repetition has come whose body this is, {@code null} where
 * the block is none or keeps none
 */
record Position(Block block, int next, @Nullable Position outer, Locals locals, @Nullable Progress progress) {

	/**
	 * Go to the first step of a block.
	 * @param block the block
	 * @param outer the place after the step that it belongs to, not settled; {@code null}
	 * for the outermost block
	 * @param locals what expressions see there
	 * @return where the branch stands, {@code null} at its end
	 */
	static @Nullable Position startOf(Block block, @Nullable Position outer, Locals locals) {
		return new Position(block, 0, outer, locals, null).settled();
	}

	/**
	 * Go to the end of the body of a repetition, where it decides about the next
	 * iteration, the first one as well.
	 * @param body the body
	 * @param outer the place after the repetition, not settled
	 * @param progress how far it has come, {@code null} if that does not matter
	 * @return where the branch stands
	 */
	static Position endOf(Block body, Position outer, @Nullable Progress progress) {
		return new Position(body, body.steps().size(), outer, outer.locals, progress);
	}

	// Nothing happens at the end of a block unless its step wants to decide there
	@Nullable Position settled() {
		Position at = this;
		while (at != null && at.isAtEnd() && !at.isDecidedAtEnd()) {
			at = at.outer;
		}
		return at;
	}

	boolean isAtEnd() {
		return this.next == this.block.steps().size();
	}

	private boolean isDecidedAtEnd() {
		Step owner = owner();
		return owner instanceof WhileStep || owner instanceof ForEachStep || owner instanceof EveryStep
				|| owner instanceof WorkflowStep;
	}

	Step step() {
		return this.block.steps().get(this.next);
	}

	// Not settled: the step may have a block of its own to go through first
	Position afterStep() {
		return new Position(this.block, this.next + 1, this.outer, this.locals, this.progress);
	}

	// Where a repetition goes from the end of its body
	Position again(Locals seen, @Nullable Progress made) {
		return new Position(this.block, 0, this.outer, seen, made);
	}

	// Where the branch goes from the end of this block for good
	@Nullable Position afterOwner() {
		return (this.outer != null) ? this.outer.settled() : null;
	}

	/**
	 * Return the step that the block is a part of: the one before the place to go on at.
	 * @return the step, {@code null} for the outermost block of a branch
	 */
	@Nullable Step owner() {
		return (this.outer != null) ? this.outer.block.steps().get(this.outer.next - 1) : null;
	}

	/**
	 * How far a repetition has come.
	 */
	sealed interface Progress {

	}

	/**
	 * The items of a {@link ForEachStep} that go one after the other.
	 *
	 * @param items all of them
	 * @param next the index of the next one
	 * @param results the last result of each one that is done
	 */
	record Items(List<@Nullable Object> items, int next, List<@Nullable Object> results) implements Progress {

		Items(List<@Nullable Object> items) {
			this(items, 0, List.of());
		}

		boolean isOver() {
			return this.next == this.items.size();
		}

		@Nullable Object item() {
			return this.items.get(this.next);
		}

		Items begun() {
			return new Items(this.items, this.next + 1, this.results);
		}

		Items with(@Nullable Object result) {
			List<@Nullable Object> more = new ArrayList<>(this.results);
			more.add(result);
			return new Items(this.items, this.next, Collections.unmodifiableList(more));
		}

	}

	/**
	 * The beat of an {@link EveryStep}.
	 *
	 * @param due when the next iteration begins, on the clock of the engine
	 */
	record Beat(long due) implements Progress {

		Beat next(EveryStep every, long now) {
			long period = every.period().toNanos();
			long next = this.due + period;
			if (every.overrun() == EveryStep.Overrun.SKIP && next - now <= 0) {
				next += ((now - next) / period + 1) * period;
			}
			return new Beat(next);
		}

	}

}
