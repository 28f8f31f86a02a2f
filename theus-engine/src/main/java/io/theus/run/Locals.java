package io.theus.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the expressions at one place of a run see of the run itself.
 *
 * @param workflow the workflow that the place belongs to
 * @param inputs its inputs
 * @param results what its steps have returned
 * @param item the innermost item that is being taken care of, {@code null} for none
 */
record Locals(BoundWorkflow workflow, Map<String, @Nullable Object> inputs, Results results, @Nullable Item item) {

	static Locals of(BoundWorkflow workflow, Map<String, @Nullable Object> inputs) {
		return new Locals(workflow, inputs, new Results(null), null);
	}

	/**
	 * Return what an iteration or a branch sees, whose results stay its own at first.
	 * @return the same with results of its own
	 */
	Locals apart() {
		return new Locals(this.workflow, this.inputs, new Results(this.results), this.item);
	}

	Locals with(String variable, @Nullable Object value) {
		return new Locals(this.workflow, this.inputs, new Results(this.results), new Item(variable, value, this.item));
	}

	/**
	 * An item under the name that expressions use.
	 *
	 * @param variable the name
	 * @param value the item
	 * @param outer the item around it, {@code null} for none
	 */
	record Item(String variable, @Nullable Object value, @Nullable Item outer) {

		static @Nullable Item find(@Nullable Item innermost, String variable) {
			Item item = innermost;
			while (item != null && !item.variable.equals(variable)) {
				item = item.outer;
			}
			return item;
		}

	}

}
