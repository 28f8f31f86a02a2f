package io.theus.workflow;

import org.jspecify.annotations.Nullable;

/**
 * A value that a run of a workflow is given.
 *
 * @param name its name
 * @param type what kind of value it takes
 * @param required whether it must be given
 * @param defaultValue its value if it is not given; an input whose default is
 * {@code null} also accepts null
 * @since 0.1.0
 */
public record WorkflowInput(String name, InputType type, boolean required, @Nullable Object defaultValue) {

	/**
	 * Check a value.
	 * @param workflow the name of the workflow, for the error
	 * @param value the value that is given
	 * @throws InvalidInputException if it is of another kind
	 */
	public void check(String workflow, @Nullable Object value) {
		boolean accepted = (value != null) ? this.type.accepts(value)
				: this.type == InputType.ANY || (!this.required && this.defaultValue == null);
		if (!accepted) {
			throw new InvalidInputException(workflow, this.name,
					"the type does not fit, expected=%s, actual=%s, pass another value".formatted(this.type.key(),
							(value != null) ? value.getClass().getName() : "null"));
		}
	}

}
