package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that calls the process that an expression names.
 *
 * @param label who the step is
 * @param process gives the name of the process
 * @param allowed the processes that may be called, at least one
 * @param arguments gives the arguments, a map by name; treated like data from outside
 * @param options how it is called
 * @since 0.1.0
 */
public record CallStep(StepLabel label, Operand process, List<Name> allowed, Operand arguments,
		CallOptions options) implements Step {

	/**
	 * Create a step.
	 * @param label who it is
	 * @param process gives the name of the process
	 * @param allowed copied
	 * @param arguments gives the arguments
	 * @param options how it is called
	 */
	public CallStep {
		allowed = List.copyOf(allowed);
	}

	@Override
	public List<Block> blocks() {
		return this.options.handlers().stream().map(ErrorHandler::block).toList();
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.call(this);
	}

}
