package io.theus.workflow;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that repeats its steps at a fixed rate, the first time at once.
 *
 * @param label who the step is
 * @param period the time from one beginning to the next
 * @param overrun what happens when an iteration takes longer than that
 * @param until ends the repetition, looked at before each iteration; {@code null} for
 * never
 * @param body the steps
 * @since 0.1.0
 */
public record EveryStep(StepLabel label, Duration period, Overrun overrun, @Nullable Condition until,
		Block body) implements Step {

	@Override
	public List<Block> blocks() {
		return List.of(this.body);
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.every(this);
	}

	/**
	 * What happens when an iteration takes longer than the period.
	 */
	public enum Overrun {

		/**
		 * What was missed is left out; the next iteration begins with the next period.
		 */
		SKIP,

		/** What was missed is made up for, one iteration after the other. */
		CATCH_UP

	}

}
