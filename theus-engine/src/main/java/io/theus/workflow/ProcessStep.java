package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A step that calls a process.
 *
 * @param label who the step is
 * @param process the name of the process
 * @param arguments what is passed by {@code with}
 * @param options how it is called
 * @since 0.1.0
 */
public record ProcessStep(StepLabel label, Name process, StepArguments arguments, CallOptions options) implements Step {

	@Override
	public List<Block> blocks() {
		return this.options.handlers().stream().map(ErrorHandler::block).toList();
	}

	@Override
	public <R extends @Nullable Object> R accept(StepVisitor<R> visitor) {
		return visitor.process(this);
	}

}
