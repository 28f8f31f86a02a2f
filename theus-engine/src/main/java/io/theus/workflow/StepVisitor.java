package io.theus.workflow;

import org.jspecify.annotations.Nullable;

/**
 * Does something that depends on the kind of a step.
 *
 * @param <R> the type of the result
 * @since 0.1.0
 */
public interface StepVisitor<R extends @Nullable Object> {

	/**
	 * Visit a call of a process.
	 * @param step the step
	 * @return the result
	 */
	R process(ProcessStep step);

	/**
	 * Visit a choice by conditions.
	 * @param step the step
	 * @return the result
	 */
	R choice(IfStep step);

	/**
	 * Visit a choice by value.
	 * @param step the step
	 * @return the result
	 */
	R choice(SwitchStep step);

	/**
	 * Visit a loop.
	 * @param step the step
	 * @return the result
	 */
	R loop(WhileStep step);

	/**
	 * Visit a group.
	 * @param step the step
	 * @return the result
	 */
	R group(GroupStep step);

	/**
	 * Visit a repetition for items.
	 * @param step the step
	 * @return the result
	 */
	R forEach(ForEachStep step);

	/**
	 * Visit branches side by side.
	 * @param step the step
	 * @return the result
	 */
	R parallel(ParallelStep step);

	/**
	 * Visit another workflow.
	 * @param step the step
	 * @return the result
	 */
	R workflow(WorkflowStep step);

	/**
	 * Visit a call of a process that an expression names.
	 * @param step the step
	 * @return the result
	 */
	R call(CallStep step);

	/**
	 * Visit a wait.
	 * @param step the step
	 * @return the result
	 */
	R await(WaitStep step);

	/**
	 * Visit a pause.
	 * @param step the step
	 * @return the result
	 */
	R sleep(SleepStep step);

	/**
	 * Visit a repetition at a fixed rate.
	 * @param step the step
	 * @return the result
	 */
	R every(EveryStep step);

	/**
	 * Visit an emission.
	 * @param step the step
	 * @return the result
	 */
	R emit(EmitStep step);

	/**
	 * Visit the end of the workflow.
	 * @param step the step
	 * @return the result
	 */
	R returning(ReturnStep step);

	/**
	 * Visit a failure.
	 * @param step the step
	 * @return the result
	 */
	R fail(FailStep step);

}
