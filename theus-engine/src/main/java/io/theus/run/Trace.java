package io.theus.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.theus.process.ProcessDefinition;
import io.theus.workflow.Step;

/**
 * Hears what a run does, step by step.
 */
interface Trace {

	/**
	 * An expression was evaluated.
	 * @param step the step that it belongs to
	 * @param expression the expression as it was written
	 * @param value its value
	 */
	void evaluated(Step step, String expression, @Nullable Object value);

	/**
	 * A process is about to be called.
	 * @param step the step that calls it, or that it undoes
	 * @param process the process
	 * @param arguments its arguments
	 */
	void calling(Step step, ProcessDefinition process, Map<String, @Nullable Object> arguments);

	/**
	 * The process that was called has committed.
	 * @param step the step
	 * @param result what it returned
	 */
	void returned(Step step, @Nullable Object result);

	/**
	 * The process that was called has failed.
	 * @param step the step
	 * @param failure what it threw
	 */
	void threw(Step step, Throwable failure);

	/**
	 * It is known what became of a step.
	 * @param step the step
	 * @param visit what became of it
	 */
	void visited(Step step, StepVisit visit);

}
