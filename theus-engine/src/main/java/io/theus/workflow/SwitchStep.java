package io.theus.workflow;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that runs the case whose value equals the computed one.
 *
 * @param label who the step is
 * @param value what is compared
 * @param cases the cases in order; the first that is equal runs
 * @param otherwise what runs if none is, {@code null} for nothing
 * @since 0.1.0
 */
public record SwitchStep(StepLabel label, Operand value, List<Case> cases, @Nullable Block otherwise) implements Step {

	/**
	 * Create a step.
	 * @param label who it is
	 * @param value what is compared
	 * @param cases copied
	 * @param otherwise what runs if no case does, {@code null} for nothing
	 */
	public SwitchStep {
		cases = List.copyOf(cases);
	}

	@Override
	public List<Block> blocks() {
		List<Block> blocks = new ArrayList<>();
		this.cases.forEach((each) -> blocks.add(each.block()));
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
	 * A value with its steps.
	 *
	 * @param value a text, number, boolean or null, equal as in expressions
	 * @param block the steps
	 */
	public record Case(@Nullable Object value, Block block) {

	}

}
