package io.theus.workflow;

import java.util.List;

/**
 * Steps that follow each other.
 *
 * @param name which part of its step the block is, for example {@code then},
 * {@code elif[0].then} or {@code do}
 * @param address where the block stands in its workflow, for example
 * {@code steps[2].then}
 * @param steps the steps in order
 * @since 0.1.0
 */
public record Block(String name, String address, List<Step> steps) {

	/**
	 * Create a block.
	 * @param name which part of its step it is
	 * @param address where it stands
	 * @param steps the steps in order, copied
	 */
	public Block {
		steps = List.copyOf(steps);
	}

}
