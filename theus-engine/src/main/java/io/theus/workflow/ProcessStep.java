package io.theus.workflow;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.SourcePosition;

/**
 * A step that calls a process.
 *
 * @param label who the step is
 * @param process the name of the process as it was written
 * @param processPosition where the name stands, {@code null} if it was built in Java
 * @param arguments what is passed by {@code with}
 * @since 0.1.0
 */
public record ProcessStep(StepLabel label, String process, @Nullable SourcePosition processPosition,
		StepArguments arguments) implements Step {

	@Override
	public List<Block> blocks() {
		return List.of();
	}

}
