package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that waits for a signal, or until a condition holds.
 *
 * @param label who the step is
 * @param signal the topic of the signal, {@code null} to wait for the condition
 * @param where what has to hold for the signal, {@code null} if any will do
 * @param until the condition, {@code null} to wait for a signal
 * @param timeout gives how long to wait at most, {@code null} for no limit
 * @param then what runs when it has come, {@code null} for nothing
 * @param otherwise what runs when the time is over; {@code null} if the step fails then
 * @since 0.1.0
 */
public record WaitStep(StepLabel label, @Nullable String signal, @Nullable Condition where, @Nullable Condition until,
		@Nullable Operand timeout, @Nullable Block then, @Nullable Block otherwise) implements Step {

	@Override
	public List<Block> blocks() {
		List<Block> blocks = new ArrayList<>(2);
		if (this.then != null) {
			blocks.add(this.then);
		}
		if (this.otherwise != null) {
			blocks.add(this.otherwise);
		}
		return blocks;
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.await(this);
	}

}
