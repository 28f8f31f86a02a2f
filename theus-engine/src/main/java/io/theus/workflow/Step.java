package io.theus.workflow;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.theus.internal.yaml.SourcePosition;

/**
 * A step of a workflow. Steps are immutable and safe for use by several threads.
 *
 * @since 0.1.0
 */
public sealed interface Step permits ProcessStep, IfStep, WhileStep, GroupStep, SwitchStep, ForEachStep, ParallelStep,
		WorkflowStep, CallStep, WaitStep, SleepStep, EveryStep, EmitStep, ReturnStep, FailStep {

	/**
	 * Return who the step is.
	 * @return its id, address and place
	 */
	StepLabel label();

	/**
	 * Return the blocks of steps in this one, in the order of the document.
	 * @return the blocks, none for a process
	 */
	List<Block> blocks();

	/**
	 * Let a visitor do what it does with steps of this kind.
	 * @param <R> the type of the result
	 * @param visitor the visitor
	 * @return its result
	 */
	<R extends @Nullable Object> R accept(StepVisitor<R> visitor);

	/**
	 * Return the identity of the step in its workflow.
	 * @return what its author called it, else the name of its process if no step before
	 * it has that id, else its address
	 */
	default String id() {
		return label().id();
	}

	/**
	 * Return where the step stands in its workflow.
	 * @return for example {@code steps[2].then[0]}
	 */
	default String address() {
		return label().address();
	}

	/**
	 * Return where the step stands in its document.
	 * @return the place, empty for a workflow that was built in Java
	 */
	default Optional<SourcePosition> position() {
		return Optional.ofNullable(label().position());
	}

}
